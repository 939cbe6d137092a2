import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { recordDecision } from "../review/record-decision";
import { getSample } from "./get-sample";

export interface DecideInput {
  id: string;
  /** The version of the sample that the reviewer saw. */
  version: number;
  kind: "approve" | "reject";
  reasons: string[];
  note?: string | undefined;
  elapsedMs?: number | undefined;
}

/** Approves or rejects a sample from a list that nobody changed since `version`. */
export async function decideSample(context: Context, { id, ...decision }: DecideInput) {
  requireAbility(context, "review");
  await inTransaction(context.studio.db, (tx) => recordDecision(tx, context, { sampleId: id, ...decision }));
  return getSample(context, id);
}
