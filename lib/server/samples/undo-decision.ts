import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { takeBack } from "../review/take-back";
import { getSample } from "./get-sample";

/** Takes the caller's last standing decision on a sample back. The decision and its undoing both stay on record. */
export async function undoDecision(context: Context, { id, version }: { id: string; version: number }) {
  requireAbility(context, "review");
  await inTransaction(context.studio.db, (tx) => takeBack(tx, context, { sampleId: id, version }));
  return getSample(context, id);
}
