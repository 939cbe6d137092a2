import { type ExportView, exportOptions } from "@/lib/api/contract/releases";
import { UserError } from "@/lib/domain/errors";
import { exportDataset } from "@/lib/export/export-dataset";
import type { ExportSummary } from "@/lib/export/export-types";
import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { cardFacts } from "./card-facts";
import { exportPreferences } from "./export-preferences";
import { exportRows } from "./export-rows";

/** Writes a release to disk. Run again after a crash, it starts over: the writer removes what it left behind. */
export async function performExport(studio: Studio, exportId: string, signal: AbortSignal): Promise<void> {
  const { db } = studio;
  const row = await db.export.findUnique({ where: { id: exportId }, include: { release: true } });
  if (!row || row.state === "succeeded" || row.state === "failed") return;
  await db.export.update({ where: { id: exportId }, data: { state: "running" } });
  const { imageFormat, preferences } = exportOptions.parse(row.options);
  let reportedAt = 0;
  try {
    const summary = await exportDataset(exportRows(studio, row.releaseId), {
      outDir: row.path,
      // Only formats of the contract are ever written.
      profile: row.format as ExportView["format"],
      images: imageFormat === "png" ? { format: "png" } : { format: "jpeg", quality: 95 },
      card: await cardFacts(studio, row.release),
      ...(preferences && { preferences: exportPreferences(studio, row.releaseId) }),
      signal,
      onProgress: ({ rows }) => {
        if (Date.now() - reportedAt < 500) return;
        reportedAt = Date.now();
        void report(studio, row.releaseId, exportId, rows).catch(() => {});
      },
    });
    await finish(studio, row.releaseId, exportId, summary);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await failExport(studio, exportId, error.message);
  }
}

async function report({ db }: Studio, releaseId: string, exportId: string, written: number): Promise<void> {
  await db.export.updateMany({ where: { id: exportId, state: "running" }, data: { written } });
  await notify(db, { topic: "releases", id: releaseId });
}

async function finish(
  { db }: Studio,
  releaseId: string,
  exportId: string,
  summary: ExportSummary,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.export.update({
      where: { id: exportId },
      data: { state: "succeeded", written: summary.rows, bytes: summary.bytes, finishedAt: new Date() },
    });
    await notify(tx, { topic: "releases", id: releaseId });
  });
}

/** Ends an export that cannot be done, with the reason. */
export async function failExport({ db }: Studio, exportId: string, message: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { releaseId } = await tx.export.update({
      where: { id: exportId },
      data: { state: "failed", message, finishedAt: new Date() },
    });
    await notify(tx, { topic: "releases", id: releaseId });
  });
}
