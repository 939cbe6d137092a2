import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { z } from "zod";
import type { ExportView, exportOptions } from "@/lib/api/contract/releases";
import { checkExportFolder } from "@/lib/export/export-folder";
import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { diskError } from "../object-store";
import { getRelease } from "./list-releases";
import { presentExport } from "./present-release";

export interface ExportReleaseInput {
  id: string;
  format: ExportView["format"];
  options: z.infer<typeof exportOptions>;
  /** Folder to write to; by default one of its own under the data folder. Must be empty or missing. */
  outDir?: string | undefined;
}

/** Enqueues the writing of a release to disk. */
export async function exportRelease(context: Context, input: ExportReleaseInput) {
  requireAbility(context, "curate");
  const { studio } = context;
  const release = await getRelease(context, input.id);
  if (input.outDir) await checkExportFolder(input.outDir);
  const row = await inTransaction(studio.db, async (tx) => {
    const created = await tx.export.create({
      data: { releaseId: release.id, format: input.format, options: input.options, path: "" },
    });
    const path = input.outDir ? resolve(input.outDir) : join(studio.dataDir, "exports", created.id);
    const placed = await tx.export.update({ where: { id: created.id }, data: { path } });
    await studio.queue.send(tx, "export", { exportId: created.id });
    await notify(tx, { topic: "releases", id: release.id });
    return placed;
  });
  await mkdir(row.path, { recursive: true }).catch((error: unknown) => {
    throw diskError(error, row.path);
  });
  return presentExport(row);
}
