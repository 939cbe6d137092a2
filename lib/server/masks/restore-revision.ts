import type { SaveOutcome } from "@/lib/api/contract/masks";
import { UserError } from "@/lib/domain/errors";
import type { Context } from "../context";
import { appendRevision } from "./append-revision";
import { regionRow } from "./get-region";
import { requireDrawing } from "./require-drawing";

/** Appends a copy of an old revision, so that nothing between is lost. */
export async function restoreRevision(
  context: Context,
  { id, version, revision }: { id: string; version: number; revision: number },
): Promise<SaveOutcome> {
  await requireDrawing(context, [id]);
  const { db } = context.studio;
  await regionRow(db, context, id);
  const mask = await db.mask.findUnique({ where: { regionId_revision: { regionId: id, revision } } });
  if (!mask) throw new UserError("not-found", `This region has no revision ${revision}.`, "revision");
  return appendRevision(context, {
    id,
    version,
    png: { sha256: mask.pngSha, area: mask.area, soft: mask.soft },
    note: `restored from revision ${revision}`,
  });
}
