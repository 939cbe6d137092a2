import { rm } from "node:fs/promises";
import { UserError } from "@/lib/domain/errors";
import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { thumbnailCache } from "../images/thumbnail-cache";
import { importAnchors } from "../import/import-anchors";
import type { ImportReader, ImportReport } from "../import/import-types";
import { openImport } from "../import/open-import";
import { anchorSink } from "./anchor-sink";
import { type ImportSpec, importSpecSchema } from "./import-spec";
import { readStorybook } from "./read-storybook";
import { storableText } from "./storable-text";
import { uploadedList, uploadFolder } from "./upload-file";

/** Reads everything an import names into anchors. Run again after a crash, it finds what is in as duplicates. */
export async function performImport(studio: Studio, importId: string, signal: AbortSignal): Promise<void> {
  const { db, store, dataDir } = studio;
  const row = await db.import.findUnique({ where: { id: importId } });
  if (!row || row.state === "succeeded" || row.state === "failed") return;
  await db.import.update({ where: { id: importId }, data: { state: "running" } });
  const spec = importSpecSchema.parse(row.spec);
  try {
    const report = await importAnchors(await readerOf(studio, importId, spec), {
      store,
      thumbnails: thumbnailCache(dataDir, store),
      sink: anchorSink(studio, {
        projectId: row.projectId,
        importId,
        origin: spec.kind === "storybook" ? "storybook" : "photo",
      }),
      concurrency: 2,
      signal,
    });
    if (signal.aborted) throw new Error("The import was interrupted.");
    if (report.added + report.duplicates + report.refusedTotal === 0) throw nothingIn(row.source);
    await finish(studio, importId, report);
    await removeUpload(studio, importId);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await failImport(studio, importId, error.message);
  }
}

async function readerOf(studio: Studio, importId: string, spec: ImportSpec): Promise<ImportReader> {
  if (spec.kind === "turn") throw new Error("A next turn is imported when it is started.");
  if (spec.kind === "storybook") return readStorybook(spec);
  if (spec.kind === "path") return (await openImport(spec.path, spec.images)).reader;
  return (await openImport(await uploadedList(uploadFolder(studio, importId)))).reader;
}

async function finish({ db }: Studio, importId: string, report: ImportReport): Promise<void> {
  const note = (subject: string, reason: string, refused: boolean) => ({
    importId,
    subject: storableText(subject),
    reason: storableText(reason),
    refused,
  });
  await inTransaction(
    db,
    async (tx) => {
      const { count } = await tx.import.updateMany({
        where: { id: importId, state: "running" },
        data: { state: "succeeded" },
      });
      // Another worker was given the same job and was faster.
      if (count === 0) return;
      await tx.importNote.createMany({
        data: [
          ...report.refused.map(({ subject, reason }) => note(subject, reason, true)),
          ...report.known.map(({ subject, outcome }) => note(subject, outcome, false)),
          ...report.warnings.map(({ subject, warning }) => note(subject, warning, false)),
        ],
      });
      const { added } = await tx.import.findUniqueOrThrow({ where: { id: importId } });
      await tx.import.update({
        where: { id: importId },
        data: {
          // After a crash, what the first attempt added is met again as a duplicate.
          duplicates: Math.max(0, report.duplicates + report.added - added),
          refused: report.refusedTotal,
          finishedAt: new Date(),
        },
      });
      await notify(tx, { topic: "imports", id: importId });
      await notify(tx, { topic: "anchors" });
    },
    { timeoutMs: 60_000 },
  );
}

function nothingIn(source: string): UserError {
  return new UserError(
    "bad-input",
    `There are no images in ${source}: it needs image files (JPEG, PNG, WebP, TIFF or AVIF), or a list that names some.`,
    source,
  );
}

/** Ends an import that cannot be done, with the reason. */
export async function failImport(studio: Studio, importId: string, message: string): Promise<void> {
  await inTransaction(studio.db, async (tx) => {
    await tx.import.updateMany({
      where: { id: importId, state: { in: ["queued", "running"] } },
      data: { state: "failed", message: storableText(message), finishedAt: new Date() },
    });
    await notify(tx, { topic: "imports", id: importId });
  });
  await removeUpload(studio, importId);
}

/** The copies that the browser sent are of no use once their import has ended; a new import takes new ones. */
function removeUpload(studio: Studio, importId: string): Promise<void> {
  return rm(uploadFolder(studio, importId), { recursive: true, force: true });
}
