import type { Thresholds } from "@/lib/domain/run-config";
import { scoreDefinition } from "@/lib/domain/scores";
import { notAmongBest, quotaMet, tooFewPassed } from "@/lib/domain/selection";

/** Scores as people read them: two decimals, three for small ones. */
export function formatScore(value: number): string {
  return value.toFixed(Math.abs(value) < 0.1 ? 3 : 2);
}

/**
 * Why a candidate was not kept, in words: `clipDirection:min` with a value of 0.1 and a bound of 0.2 becomes
 * "Change follows the text: 0.10, at least 0.20 is needed".
 */
export function failureText(
  failure: string,
  scores: Readonly<Record<string, number>>,
  thresholds: Thresholds,
): string {
  if (failure === notAmongBest) return "Passed, but others of the same edit are better";
  if (failure === tooFewPassed) return "Passed, but too few of the same edit did";
  if (failure === quotaMet) return "Passed, but the run has all that its quota asks for";
  const [id = "", side] = failure.split(":");
  const label = scoreDefinition(id)?.label ?? id;
  if (side === "missing") return `${label}: not measured`;
  const value = scores[id];
  const bound = side === "min" ? thresholds[id]?.min : thresholds[id]?.max;
  const measured = value === undefined ? "" : `: ${formatScore(value)}`;
  if (bound === undefined) return `${label}${measured} is too ${side === "min" ? "low" : "high"}`;
  return `${label}${measured}, at ${side === "min" ? "least" : "most"} ${formatScore(bound)} is needed`;
}
