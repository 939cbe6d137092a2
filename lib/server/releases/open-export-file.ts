import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join, normalize, sep } from "node:path";
import type { Readable } from "node:stream";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";

/** Opens a file of a finished export by its path inside the export's folder. */
export async function openExportFile(
  context: Context,
  exportId: string,
  path: string,
): Promise<{ stream: Readable; bytes: number; name: string }> {
  requireAbility(context, "read");
  const row = await context.studio.db.export.findFirst({
    where: { id: exportId, state: "succeeded", release: { projectId: context.caller.projectId } },
  });
  const inside = normalize(path);
  if (!row || inside.startsWith("..") || inside.startsWith(sep)) throw missing(path);
  const file = join(row.path, inside);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw missing(path);
  return { stream: createReadStream(file), bytes: found.size, name: basename(file) };
}

function missing(path: string): UserError {
  return new UserError("not-found", `The export has no file “${path}”; it may have been removed.`, path);
}
