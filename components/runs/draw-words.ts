import type { EditView } from "@/lib/api/contract/runs";
import type { DrawRecord } from "@/lib/domain/sampling/draw-plan";

const reasons: Record<NonNullable<DrawRecord["stopped"]>, string> = {
  enough: "enough passed",
  limit: "the limit was reached",
  unlikely: "too little was to be expected of more",
  failed: "the draws failed",
};

/** How many candidates of an edit were drawn and why no more: "8 drawn; enough passed". Null before the first. */
export function drawWords({ drawn, plan }: Pick<EditView, "drawn" | "plan">): string | null {
  if (!plan || drawn === 0) return null;
  const rate = plan.prior.alpha / (plan.prior.alpha + plan.prior.beta);
  const expected = `expected to pass at first: ${Math.round(100 * rate)} %`;
  return plan.stopped ? `${drawn} drawn; ${reasons[plan.stopped]} (${expected})` : `${drawn} drawn so far`;
}
