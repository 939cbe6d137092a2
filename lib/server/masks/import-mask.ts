import type { MaskReport } from "@/lib/api/contract/masks";
import { UserError } from "@/lib/domain/errors";
import type { Context } from "../context";
import { appendRevision, storeMaskPng } from "./append-revision";
import type { Match, MatchedAnchor } from "./match-anchors";
import { openRegion } from "./open-region";
import { type MaskPng, readMaskPng } from "./read-mask-png";

export type MutableReport = { imported: MaskReport["imported"]; refused: MaskReport["refused"] };

/** Takes one PNG in as the next revision of its anchor's region, or says in the report why not. */
export async function importMaskPng(
  context: Context,
  report: MutableReport,
  { file, match, soft, read }: { file: string; match: Match; soft: boolean; read: () => Promise<Buffer> },
): Promise<void> {
  await reported(report, file, async () => {
    if ("problem" in match) throw new UserError("not-found", match.problem, file);
    const png = await readMaskPng(
      await read(),
      { name: file, width: match.width, height: match.height, soft },
      "file",
    );
    await addImported(context, report, { file, anchor: match, png, note: `imported from ${file}` });
  });
}

export async function addImported(
  context: Context,
  report: MutableReport,
  { file, anchor, png, note }: { file: string; anchor: MatchedAnchor; png: MaskPng; note: string },
): Promise<void> {
  const region = await openRegion(context, { anchorId: anchor.id });
  const outcome = await appendRevision(context, {
    id: region.id,
    png: await storeMaskPng(context, png),
    note: note.slice(0, 300),
  });
  if (!outcome.saved) throw new Error("A revision without a version cannot conflict.");
  const before = region.mask?.revision;
  report.imported.push({
    file,
    regionId: region.id,
    note: before ? `revision ${before} stays in the history` : null,
  });
}

/** Runs `work`; what a user can mend goes into the report, and the rest of the import goes on. */
export async function reported(
  report: MutableReport,
  file: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    report.refused.push({ file, reason: error.message });
  }
}
