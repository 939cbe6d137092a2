import { rootOf } from "@/lib/domain/draw-noise";
import type { DrawOutcome } from "@/lib/domain/sampling/draw-outcome";
import { passRateStrata } from "@/lib/domain/sampling/yield-report";
import { keepBest } from "@/lib/domain/selection";
import { dot } from "./diversity";
import type { DrawRow } from "./draw-store";
import { keep } from "./sampling";
import { bootstrap, type Estimate, mean } from "./statistics";

/** A draw, and what the sampling plan saw of it. */
export interface JudgedDraw {
  row: DrawRow;
  outcome: DrawOutcome;
}

/** One edit's draws by both policies. */
export interface PolicyPair {
  fixed: readonly JudgedDraw[];
  adaptive: readonly JudgedDraw[];
}

export interface PolicyResult {
  drawn: number;
  unetRows: number;
  kept: number;
  /** Kept candidates per 1,000 UNet evaluations. */
  yield: number;
  /** Of the kept: mean CLIP direction, and against the exact outcome (`outcome.ts`). */
  direction: number;
  success: number;
  labError: number;
  outside: number;
  sharpness: number;
  /** How alike the sources of an edit's kept pairs are: mean cosine in the self-supervised encoder. */
  likeness: number;
}

export interface Comparison {
  edits: number;
  fixed: PolicyResult;
  adaptive: PolicyResult;
  /** Kept candidates per UNet evaluation, adaptive against fixed. */
  ratio: Estimate;
  keptRatio: Estimate;
  directionDifference: Estimate;
  /** Distance of the kept pairs to the exact outcome, adaptive less fixed. */
  labDifference: Estimate;
  strata: { label: string; edits: number; fixed: PolicyResult; adaptive: PolicyResult }[];
}

type Mode = keyof PolicyPair;

/** Both policies on the same edits, altogether and by the share of the fixed policy's draws that pass. */
export function comparePolicies(pairs: readonly PolicyPair[]): Comparison {
  const result = (group: readonly PolicyPair[], mode: Mode) => policyResult(group.map((pair) => pair[mode]));
  const rateOf = ({ fixed }: PolicyPair) => mean(fixed.map(({ outcome }) => Number(outcome.passed)));
  const stratumOf = (pair: PolicyPair) => passRateStrata.find(({ below }) => rateOf(pair) < below);
  const difference = (measure: "direction" | "labError") => (group: readonly PolicyPair[]) =>
    result(group, "adaptive")[measure] - result(group, "fixed")[measure];
  return {
    edits: pairs.length,
    fixed: result(pairs, "fixed"),
    adaptive: result(pairs, "adaptive"),
    ratio: bootstrap(pairs, (group) => result(group, "adaptive").yield / result(group, "fixed").yield),
    keptRatio: bootstrap(pairs, (group) => result(group, "adaptive").kept / result(group, "fixed").kept),
    directionDifference: bootstrap(pairs, difference("direction")),
    labDifference: bootstrap(pairs, difference("labError")),
    strata: passRateStrata.flatMap((stratum) => {
      const group = pairs.filter((pair) => stratumOf(pair) === stratum);
      if (group.length === 0) return [];
      const { label } = stratum;
      return [
        { label, edits: group.length, fixed: result(group, "fixed"), adaptive: result(group, "adaptive") },
      ];
    }),
  };
}

function policyResult(edits: readonly (readonly JudgedDraw[])[]): PolicyResult {
  const all = edits.flat();
  const kept = edits.flatMap(keptOf);
  const unetRows = all.reduce((sum, { row }) => sum + row.unetRows, 0);
  const meanOf = (value: (row: DrawRow) => number | null | undefined) =>
    mean(kept.flatMap(({ row }) => value(row) ?? []));
  return {
    drawn: all.length,
    unetRows,
    kept: kept.length,
    yield: (1000 * kept.length) / unetRows,
    direction: meanOf(({ scores }) => scores.clipDirection),
    success: meanOf(({ success }) => (success === null ? null : Number(success))),
    labError: meanOf(({ labError }) => labError),
    outside: meanOf(({ outside }) => outside),
    sharpness: meanOf(({ scores }) => scores.sharpness),
    likeness: mean(edits.flatMap((edit) => likenessOf(keptOf(edit)))),
  };
}

/** Cosines of all pairs of sources. */
function likenessOf(kept: readonly JudgedDraw[]): number[] {
  const vectors = kept.map(({ row }) => row.embedding);
  return vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => cosine(a, b)));
}

function cosine(a: readonly number[], b: readonly number[]): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Worked out once for each edit: intervals ask for it thousands of times. */
const known = new WeakMap<readonly JudgedDraw[], JudgedDraw[]>();

/** What a run keeps of one edit. */
function keptOf(draws: readonly JudgedDraw[]): JudgedDraw[] {
  const before = known.get(draws);
  if (before) return before;
  const passing = draws.filter(({ outcome }) => outcome.passed);
  const reasons = keepBest(
    passing.map(({ row }) => ({ scores: row.scores, lineage: rootOf(row.noise) })),
    keep,
  );
  const kept = passing.filter((_, i) => reasons[i] === null);
  known.set(draws, kept);
  return kept;
}
