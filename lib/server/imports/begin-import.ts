import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { getImport } from "./get-import";
import type { ImportSpec } from "./import-spec";
import { presentImport } from "./present-import";

/** Makes an import whose files will be uploaded; `finishUpload` starts it. */
export function beginUpload(context: Context, source: string) {
  return create(context, source, { kind: "upload" });
}

/** Starts the import of a file or folder on the machine that the studio runs on. */
export async function importFromPath(context: Context, input: { path: string; images?: string | undefined }) {
  const path = resolve(input.path);
  const found = await stat(path).catch(() => null);
  if (!found) throw new UserError("not-found", `${path} is not there; check the path.`, "path");
  const { id } = await create(context, path, {
    kind: "path",
    path,
    ...(input.images && { images: resolve(input.images) }),
  });
  return enqueue(context, id);
}

/** Draws Storybook scenes as anchors: pictures that the embedded models know. */
export async function importStorybook(context: Context, input: { count: number; seed: number }) {
  const source = `${input.count} Storybook scenes, seed ${input.seed}`;
  const { id } = await create(context, source, { kind: "storybook", ...input });
  return enqueue(context, id);
}

/** Starts an import whose files are all uploaded. */
export async function finishUpload(context: Context, id: string) {
  const { state } = await getImport(context, id);
  if (state !== "queued") throw new UserError("conflict", "This import has already been started.", "id");
  return enqueue(context, id);
}

async function create(context: Context, source: string, spec: ImportSpec) {
  requireAbility(context, "curate");
  const { studio, caller } = context;
  return presentImport(
    await studio.db.import.create({ data: { projectId: caller.projectId, source, spec } }),
  );
}

async function enqueue(context: Context, id: string) {
  requireAbility(context, "curate");
  await inTransaction(context.studio.db, async (tx) => {
    await context.studio.queue.send(tx, "import", { importId: id });
    await notify(tx, { topic: "imports", id });
  });
  return getImport(context, id);
}
