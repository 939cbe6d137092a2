import { UserError } from "@/lib/domain/errors";
import { rejectReasonIds } from "@/lib/domain/reject-reasons";
import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { applyDecision } from "./apply-decision";
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

/** Approves or rejects a sample that nobody changed since `version`. */
export async function decideSample(context: Context, input: DecideInput) {
  requireAbility(context, "review");
  const unknown = input.reasons.find((reason) => !(rejectReasonIds as string[]).includes(reason));
  if (unknown) {
    throw new UserError(
      "bad-input",
      `“${unknown}” is no reason; known are ${rejectReasonIds.join(", ")}.`,
      "reasons",
    );
  }
  if (input.kind === "approve" && input.reasons.length > 0) {
    throw new UserError("bad-input", "An approval takes no reasons for rejecting.", "reasons");
  }
  const sample = await getSample(context, input.id);
  await inTransaction(context.studio.db, (tx) =>
    applyDecision(tx, context, sample, {
      version: input.version,
      kind: input.kind,
      reasons: [...new Set(input.reasons)],
      note: input.note ?? null,
      // A page left open for a month is no measurement, and does not fit the column.
      elapsedMs: input.elapsedMs === undefined ? null : Math.min(input.elapsedMs, 2 ** 31 - 1),
      undoesId: null,
    }),
  );
  return getSample(context, input.id);
}
