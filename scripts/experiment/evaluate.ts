import type { EditType } from "@/lib/domain/edit-types";
import type { Thresholds } from "@/lib/domain/run-config";
import type { StorybookEditType } from "@/lib/storybook/edit-draft";
import type { Arm } from "./arms";
import { coverage, vendiScore } from "./diversity";
import type { DrawRow } from "./draw-store";
import { applyPolicy, type Pool, passing, type Spent } from "./policies";
import { bootstrap, type Estimate, jackknife, mean } from "./statistics";

export interface ExperimentSize {
  edits: number;
  draws: number;
  pool: number;
}

export interface Results {
  diversity: Record<"vendi" | "coverage", Record<"free" | "no-anchor", Estimate> & { ratio: Estimate }>;
  control: ArmTable;
  softness: ArmTable;
  sampling: {
    fixed: PolicyResult;
    adaptive: PolicyResult;
    /** Kept candidates per UNet evaluation, adaptive against fixed. */
    ratio: Estimate;
    keptRatio: Estimate;
    directionDifference: Estimate;
    strata: { name: string; edits: number; fixed: PolicyResult; adaptive: PolicyResult }[];
  };
}

/** Measures of two arms on the same draws, and their difference (second less first). */
export type ArmTable = {
  measure: string;
  unit: string;
  first: Estimate;
  second: Estimate;
  difference: Estimate;
}[];

export interface PolicyResult {
  kept: number;
  drawn: number;
  unetRows: number;
  /** Kept candidates per 1,000 UNet evaluations. */
  yield: number;
  direction: number;
}

const neighbours = 3;

/** All comparisons, with intervals over edits. */
export function evaluate({
  rows,
  size,
  reference,
  editTypes,
  thresholds,
}: {
  rows: readonly DrawRow[];
  size: ExperimentSize;
  reference: readonly number[][];
  editTypes: readonly StorybookEditType[];
  thresholds: (editType: EditType) => Thresholds;
}): Results {
  const edits = Array.from({ length: size.edits }, (_, edit) => edit);
  const of = (arm: Arm, edit: number) =>
    rows
      .filter((row) => row.arm === arm && row.edit === edit && row.draw < size.draws)
      .sort((a, b) => a.draw - b.draw);
  const passRate = (drawn: readonly DrawRow[]) =>
    drawn.length === 0 ? Number.NaN : passing(drawn, thresholds(editTypes[drawn[0]!.edit]!)) / drawn.length;
  const table = (first: Arm, second: Arm, among: readonly number[], measures: readonly Measure[]): ArmTable =>
    measures.map(({ measure, unit, value }) => {
      const armValue = (arm: Arm) => (group: readonly number[]) =>
        mean(group.map((edit) => value(of(arm, edit))).filter(Number.isFinite));
      return {
        measure,
        unit,
        first: bootstrap(among, armValue(first)),
        second: bootstrap(among, armValue(second)),
        difference: bootstrap(among, (group) => armValue(second)(group) - armValue(first)(group)),
      };
    });
  const success: Measure = {
    measure: "Edits that went the right way",
    unit: "share",
    value: (drawn) => mean(drawn.flatMap(({ success: ok }) => (ok === null ? [] : [Number(ok)]))),
  };
  const direction: Measure = {
    measure: "CLIP direction",
    unit: "cosine",
    value: (drawn) => mean(drawn.flatMap(({ scores }) => scores.clipDirection ?? [])),
  };
  const error: Measure = {
    measure: "Distance to the exact outcome where it may change",
    unit: "CIE LAB",
    value: (drawn) => mean(drawn.map(({ labError }) => labError)),
  };
  const accepted: Measure = { measure: "Draws within the thresholds", unit: "share", value: passRate };
  const local = edits.filter((edit) => of("hard", edit).length > 0);

  return {
    diversity: diversityOf(edits, of, reference),
    control: table("free", "no-control", edits, [
      {
        measure: "Change outside of the edit",
        unit: "level",
        value: (drawn) => mean(drawn.flatMap(({ outside }) => outside ?? [])),
      },
      success,
      error,
      direction,
      accepted,
    ]),
    softness: table("hard", "soft", local, [
      success,
      error,
      direction,
      {
        measure: "Seam at the region's border",
        unit: "level",
        value: (drawn) => mean(drawn.flatMap(({ seam }) => seam ?? [])),
      },
      accepted,
    ]),
    sampling: samplingOf(
      edits.map((edit): Pool => {
        const draws = rows
          .filter((row) => row.arm === "free" && row.edit === edit && row.draw < size.pool)
          .sort((a, b) => a.draw - b.draw);
        return { key: `${edit}`, editType: editTypes[edit]!, draws };
      }),
      thresholds,
    ),
  };
}

interface Measure {
  measure: string;
  unit: string;
  value(drawn: readonly DrawRow[]): number;
}

function diversityOf(
  edits: readonly number[],
  of: (arm: Arm, edit: number) => DrawRow[],
  reference: readonly number[][],
): Results["diversity"] {
  const sources = (arm: Arm, group: readonly number[]) =>
    group.flatMap((edit) => of(arm, edit).map(({ embedding }) => embedding));
  const compare = (measure: (vectors: readonly number[][]) => number) => {
    const value = (arm: Arm) => (group: readonly number[]) => measure(sources(arm, group));
    return {
      free: jackknife(edits, value("free")),
      "no-anchor": jackknife(edits, value("no-anchor")),
      ratio: jackknife(edits, (group) => value("free")(group) / value("no-anchor")(group)),
    };
  };
  return { vendi: compare(vendiScore), coverage: compare((made) => coverage(reference, made, neighbours)) };
}

function samplingOf(
  pools: readonly Pool[],
  thresholds: (editType: EditType) => Thresholds,
): Results["sampling"] {
  const outcomes = {
    fixed: applyPolicy("fixed", pools, thresholds),
    adaptive: applyPolicy("adaptive", pools, thresholds),
  };
  const pairs = pools.map((pool, i) => ({
    pool,
    fixed: outcomes.fixed[i]!,
    adaptive: outcomes.adaptive[i]!,
  }));
  type Pair = (typeof pairs)[number];
  const result = (group: readonly Pair[], mode: "fixed" | "adaptive") =>
    policyResult(group.map((pair) => pair[mode]));
  const rateOf = ({ pool }: Pair) => passing(pool.draws, thresholds(pool.editType)) / pool.draws.length;
  const strata: { name: string; holds: (rate: number) => boolean }[] = [
    { name: "none of the draws pass", holds: (rate) => rate === 0 },
    { name: "up to a fifth pass", holds: (rate) => rate > 0 && rate <= 0.2 },
    { name: "up to half pass", holds: (rate) => rate > 0.2 && rate <= 0.5 },
    { name: "more than half pass", holds: (rate) => rate > 0.5 },
  ];
  return {
    fixed: result(pairs, "fixed"),
    adaptive: result(pairs, "adaptive"),
    ratio: bootstrap(pairs, (group) => result(group, "adaptive").yield / result(group, "fixed").yield),
    keptRatio: bootstrap(pairs, (group) => result(group, "adaptive").kept / result(group, "fixed").kept),
    directionDifference: bootstrap(
      pairs,
      (group) => result(group, "adaptive").direction - result(group, "fixed").direction,
    ),
    strata: strata.flatMap(({ name, holds }) => {
      const group = pairs.filter((pair) => holds(rateOf(pair)));
      return group.length === 0
        ? []
        : [
            {
              name,
              edits: group.length,
              fixed: result(group, "fixed"),
              adaptive: result(group, "adaptive"),
            },
          ];
    }),
  };
}

function policyResult(spent: readonly Spent[]): PolicyResult {
  const sum = (part: "kept" | "drawn" | "unetRows") => spent.reduce((total, one) => total + one[part], 0);
  return {
    kept: sum("kept"),
    drawn: sum("drawn"),
    unetRows: sum("unetRows"),
    yield: (1000 * sum("kept")) / sum("unetRows"),
    direction: mean(spent.flatMap(({ directions }) => directions)),
  };
}
