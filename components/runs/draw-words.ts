import { countOf } from "@/components/ui/format";
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

const thirds = ["lowest", "middle", "highest"] as const;

/**
 * The settings that were chosen for an edit's sources: "Chosen: 4 steps, lowest third of the attention thresholds (2
 * sources); 6 steps, …; 3 with the noise of earlier draws". Null where they were drawn at random.
 */
export function settingWords({ plan }: Pick<EditView, "plan">): string | null {
  if (!plan || plan.settings.length === 0) return null;
  const sources = new Map<string, number>();
  for (const { steps, band } of plan.settings) {
    const third = band === null ? "all" : `${thirds[band]} third`;
    const words = `${countOf(steps, "step")}, ${third} of the attention thresholds`;
    sources.set(words, (sources.get(words) ?? 0) + 1);
  }
  const parts = [...sources].map(([words, count]) => (count > 1 ? `${words} (${count} sources)` : words));
  const taken = plan.settings.filter(({ noise }) => noise !== null).length;
  if (taken > 0) parts.push(`${taken} with the noise of earlier draws`);
  return `Chosen: ${parts.join("; ")}`;
}
