import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { applyDecision } from "./apply-decision";
import { getSample } from "./get-sample";

/** Takes the last standing decision on a sample back. The decision and its undoing both stay on record. */
export async function undoDecision(context: Context, { id, version }: { id: string; version: number }) {
  requireAbility(context, "review");
  const sample = await getSample(context, id);
  await inTransaction(context.studio.db, async (tx) => {
    const decisions = await tx.decision.findMany({ where: { sampleId: id }, orderBy: { id: "asc" } });
    const undone = new Set(decisions.map((decision) => decision.undoesId));
    const last = decisions.findLast((decision) => decision.kind !== "undo" && !undone.has(decision.id));
    if (!last) throw new UserError("conflict", "There is no decision on this sample to take back.", "id");
    await applyDecision(tx, context, sample, {
      version,
      kind: "undo",
      reasons: [],
      note: null,
      elapsedMs: null,
      undoesId: last.id,
    });
  });
  return getSample(context, id);
}
