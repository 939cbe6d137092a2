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

const thirds = ["lowest third", "middle third", "highest third"] as const;

/**
 * The settings that were chosen for an edit's sources: "Chosen: 4 steps for 3 sources (attention thresholds: lowest third 1,
 * middle third 2); 6 steps for 1 source (…); noise of earlier draws for 2". Null where they were drawn at random.
 */
export function settingWords({ plan }: Pick<EditView, "plan">): string | null {
  if (!plan || plan.settings.length === 0) return null;
  const counts = plan.settings.map(({ steps }) => steps);
  const parts = [...new Set(counts)]
    .sort((a, b) => a - b)
    .map((steps) => {
      const same = plan.settings.filter((setting) => setting.steps === steps);
      const bands = [...thirds.keys(), null]
        .map((band) => [band, same.filter((setting) => setting.band === band).length] as const)
        .filter(([, count]) => count > 0)
        .map(([band, count]) => `${band === null ? "whole range" : thirds[band]} ${count}`);
      return `${countOf(steps, "step")} for ${countOf(same.length, "source")} (attention thresholds: ${bands.join(", ")})`;
    });
  const taken = plan.settings.filter(({ noise }) => noise !== null).length;
  if (taken > 0) parts.push(`noise of earlier draws for ${taken}`);
  return `Chosen: ${parts.join("; ")}`;
}
