import type { EditType } from "@/lib/domain/edit-types";
import type { Thresholds } from "@/lib/domain/run-config";
import type { SettingChoices } from "@/lib/domain/sampling/draw-settings";
import { brokenThresholds } from "@/lib/domain/selection";
import type { ImageStage } from "@/lib/domain/thresholds";
import type { StorybookEditType } from "@/lib/storybook/edit-draft";
import type { AdaptiveArm, Arm } from "./arms";
import { type Comparison, comparePolicies, type PolicyPair } from "./compare-policies";
import { coverage, vendiScore } from "./diversity";
import type { DrawRow } from "./draw-store";
import { outcomeOf } from "./sampling";
import { bootstrap, type Estimate, jackknife, mean } from "./statistics";

export interface ExperimentSize {
  /** Number of the first edit, and how many. */
  first: number;
  edits: number;
  draws: number;
  /** Draws of the fixed policy, free-form and region. */
  pool: number;
  "region-pool": number;
}

export interface Results {
  diversity: Record<"vendi" | "coverage", Record<"free" | "no-anchor", Estimate> & { ratio: Estimate }>;
  control: ArmTable;
  softness: ArmTable;
  sampling: Record<ImageStage | "both", Record<"thrifty" | "choosy", Comparison>>;
}

/** Measures of two arms on the same draws, and their difference (second less first). */
export type ArmTable = {
  measure: string;
  unit: string;
  first: Estimate;
  second: Estimate;
  difference: Estimate;
}[];

const neighbours = 3;

/** All comparisons, with intervals over edits. */
export function evaluate({
  rows,
  size,
  reference,
  adaptiveDraws,
  editTypes,
  choices,
  thresholds,
}: {
  rows: readonly DrawRow[];
  size: ExperimentSize;
  reference: readonly number[][];
  /** Draws that an adaptive policy made of an edit. */
  adaptiveDraws: (arm: AdaptiveArm, edit: number) => number;
  editTypes: ReadonlyMap<number, StorybookEditType>;
  choices: (arm: Arm) => SettingChoices;
  thresholds: (arm: Arm, editType: EditType) => Thresholds;
}): Results {
  const edits = [...editTypes.keys()];
  const of = (arm: Arm, edit: number) =>
    rows
      .filter((row) => row.arm === arm && row.edit === edit && row.draw < size.draws)
      .sort((a, b) => a.draw - b.draw);
  const passRate = (drawn: readonly DrawRow[]) =>
    mean(
      drawn.map(({ arm, edit, scores }) =>
        Number(brokenThresholds(scores, thresholds(arm, editTypes.get(edit)!)).length === 0),
      ),
    );
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

  const pairs = { free: policyPairs("free", size.pool), region: policyPairs("region", size["region-pool"]) };
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
    sampling: {
      freeForm: compared([pairs.free]),
      region: compared([pairs.region]),
      both: compared([pairs.free, pairs.region]),
    },
  };

  function compared(stages: readonly Record<"thrifty" | "choosy", PolicyPair[]>[]) {
    return {
      thrifty: comparePolicies(stages.flatMap(({ thrifty }) => thrifty)),
      choosy: comparePolicies(stages.flatMap(({ choosy }) => choosy)),
    };
  }

  function policyPairs(stage: "free" | "region", pool: number) {
    const drawn = (arm: Arm, edit: number, most: number) =>
      rows
        .filter((row) => row.arm === arm && row.edit === edit && row.draw < most)
        .sort((a, b) => a.draw - b.draw)
        .map((row) => ({
          row,
          outcome: outcomeOf(row, choices(arm), thresholds(arm, editTypes.get(edit)!)),
        }));
    const fixed = edits
      .map((edit) => ({ edit, fixed: drawn(stage, edit, pool) }))
      .filter((draws) => draws.fixed.length > 0);
    const against = (arm: AdaptiveArm): PolicyPair[] =>
      fixed.map(({ edit, ...pair }) => ({ ...pair, adaptive: drawn(arm, edit, adaptiveDraws(arm, edit)) }));
    return { thrifty: against(`thrifty-${stage}`), choosy: against(`choosy-${stage}`) };
  }
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
