import { noiseOfSeed } from "../draw-noise";
import type { DrawOutcome } from "./draw-outcome";
import type { DrawRecord } from "./draw-plan";
import type { DrawSetting, SettingChoices } from "./draw-settings";
import { addLessons, type Lessons, lessonOf } from "./lessons";
import { nextDraws, type SamplingRules } from "./next-draws";

/** One draw of an edit, in order: the UNet evaluations it took, whether it broke no threshold, and its CLIP direction. */
export interface ReplayDraw {
  readonly unetRows: number;
  readonly passed: boolean;
  readonly direction: number | null;
  /** Null where draws have no settings, as with an outside endpoint. */
  readonly setting: DrawSetting | null;
}

export interface ReplayEdit {
  readonly editType: string;
  readonly draws: readonly ReplayDraw[];
}

export interface PolicyYield {
  readonly policy: string;
  readonly edits: number;
  /** Draws that the policy would have made. */
  readonly drawn: number;
  readonly unetRows: number;
  readonly kept: number;
  /** Kept pairs per 1,000 UNet evaluations; null before the first evaluation. */
  readonly perThousand: number | null;
  /** Mean CLIP direction of the kept pairs; null where none is kept. */
  readonly direction: number | null;
}

export interface Replay {
  readonly keep: number;
  /** Fewer than this count as none. */
  readonly keepAtLeast: number;
  readonly batch: number;
  readonly maxDraws: number;
}

/** What the adaptive policies that are compared have in common. */
export type AdaptiveRules = Pick<
  SamplingRules,
  "giveUpBelow" | "passesPerKept" | "leastRaise" | "learnSettings"
>;

export interface EditYield {
  readonly drawn: number;
  readonly unetRows: number;
  readonly directions: readonly number[];
}

/** The published policy: every edit is drawn `maxDraws` times and the best `keep` by direction stay. */
export function replayFixed(edits: readonly ReplayEdit[], replay: Replay): EditYield[] {
  return edits.map((edit) => outcome(edit.draws.slice(0, replay.maxDraws), replay));
}

/**
 * The adaptive policy on the same draws, edit after edit in their order, learning as a run does: what it knows of a type comes
 * from the edits before. Candidates do not depend on what shares their batch, so the replay is what would have happened;
 * but a setting can be chosen only as often as the draws have it, then the next best takes its place.
 */
export function replayAdaptive(
  edits: readonly ReplayEdit[],
  replay: Replay & AdaptiveRules,
  choices: SettingChoices | null,
): EditYield[] {
  const seen = new Map<string, { drawn: number; passed: number; lessons: Lessons | null }>();
  const stage = { drawn: 0, passed: 0, kept: 0, finished: 0 };
  return edits.map(({ editType, draws }) => {
    const type = seen.get(editType) ?? { drawn: 0, passed: 0, lessons: null };
    seen.set(editType, type);
    const rules = {
      ...replay,
      // What was not drawn cannot be replayed.
      varyNoise: false,
      mode: "adaptive" as const,
      maxDraws: Math.min(replay.maxDraws, draws.length),
      targetsPerSource: 1,
    };
    const made: ReplayDraw[] = [];
    let record: DrawRecord | null = null;
    for (const left = [...draws]; ; ) {
      const counts = { drawn: made.length, passed: made.filter(({ passed }) => passed).length };
      const knowledge = { stage, type, lessons: type.lessons };
      const plan = nextDraws(rules, knowledge, { counts, outcomes: outcomesOf(made), record, choices });
      if ("stop" in plan.decision) break;
      record = plan.record;
      const wanted = plan.record.settings.slice(made.length);
      const batch = Array.from({ length: plan.decision.draw }, (_, i) => takeDraw(left, wanted[i]));
      made.push(...batch);
      for (const sum of [type, stage]) {
        sum.drawn += batch.length;
        sum.passed += batch.filter(({ passed }) => passed).length;
      }
    }
    if (choices) {
      const lesson = lessonOf(choices, outcomesOf(made));
      type.lessons = type.lessons ? addLessons(type.lessons, lesson) : lesson;
    }
    const result = outcome(made, replay);
    stage.kept += result.directions.length;
    stage.finished++;
    return result;
  });
}

/** Takes the first draw of a setting out of those that are left; of the same steps or any where there is none. */
function takeDraw(left: ReplayDraw[], wanted: DrawSetting | undefined): ReplayDraw {
  const steps = ({ setting }: ReplayDraw) => setting?.steps === wanted?.steps;
  const exact = left.findIndex((draw) => steps(draw) && draw.setting?.band === wanted?.band);
  const at = exact >= 0 ? exact : Math.max(0, left.findIndex(steps));
  return left.splice(at, 1)[0]!;
}

function outcomesOf(draws: readonly ReplayDraw[]): DrawOutcome[] {
  return draws.flatMap(({ setting, passed, direction }, at) =>
    setting ? [{ noise: noiseOfSeed(at), setting, passed, direction }] : [],
  );
}

function outcome(draws: readonly ReplayDraw[], { keep, keepAtLeast }: Replay): EditYield {
  const directions = draws.flatMap((draw) => (draw.passed ? [draw.direction ?? -1] : []));
  directions.sort((a, b) => b - a);
  return {
    drawn: draws.length,
    unetRows: draws.reduce((sum, draw) => sum + draw.unetRows, 0),
    directions: directions.length >= keepAtLeast ? directions.slice(0, keep) : [],
  };
}

/** What a policy's edits yielded together. */
export function sumYield(policy: string, edits: readonly EditYield[]): PolicyYield {
  const directions = edits.flatMap((edit) => edit.directions);
  const unetRows = edits.reduce((sum, edit) => sum + edit.unetRows, 0);
  return {
    policy,
    edits: edits.length,
    drawn: edits.reduce((sum, edit) => sum + edit.drawn, 0),
    unetRows,
    kept: directions.length,
    perThousand: unetRows > 0 ? (1000 * directions.length) / unetRows : null,
    direction:
      directions.length > 0 ? directions.reduce((sum, value) => sum + value, 0) / directions.length : null,
  };
}

/** Bounds of the strata by pass rate: an edit with rate r belongs to the first whose `below` is above r. */
export const passRateStrata = [
  { label: "never passes", below: Number.MIN_VALUE },
  { label: "under 5 %", below: 0.05 },
  { label: "5 to 20 %", below: 0.2 },
  { label: "20 to 50 %", below: 0.5 },
  { label: "50 % and more", below: Number.POSITIVE_INFINITY },
] as const;

export function stratumOf(edit: ReplayEdit): (typeof passRateStrata)[number] {
  const rate = edit.draws.filter((draw) => draw.passed).length / Math.max(1, edit.draws.length);
  return passRateStrata.find(({ below }) => rate < below) ?? passRateStrata[4];
}

export interface YieldReport {
  /** Edits that were drawn less often than the fixed policy draws: they are left out of the comparison. */
  readonly short: number;
  readonly policies: PolicyYield[];
  readonly strata: { readonly label: string; readonly edits: number; readonly policies: PolicyYield[] }[];
}

/** Adaptive policies by name. */
export interface ComparedPolicy {
  readonly policy: string;
  readonly rules: AdaptiveRules;
}

/**
 * Adaptive policies next to the published one on the same draws, altogether and by the edits' pass rate. Only edits
 * that were drawn as often as the fixed policy wants can be compared.
 */
export function compareYield(
  edits: readonly ReplayEdit[],
  replay: Replay,
  policies: readonly ComparedPolicy[],
  choices: SettingChoices | null,
): YieldReport {
  const full = edits.filter(({ draws }) => draws.length >= replay.maxDraws);
  const made: [string, EditYield[]][] = [
    [`fixed ${replay.maxDraws}`, replayFixed(full, replay)],
    ...policies.map(({ policy, rules }): [string, EditYield[]] => [
      policy,
      replayAdaptive(full, { ...replay, ...rules }, choices),
    ]),
  ];
  return { short: edits.length - full.length, ...byStratum(full, made) };
}

/** What policies yielded on the same edits, altogether and by the share of all draws that pass. */
export function byStratum(
  edits: readonly ReplayEdit[],
  made: readonly (readonly [policy: string, yields: readonly EditYield[]])[],
): Omit<YieldReport, "short"> {
  return {
    policies: made.map(([policy, yields]) => sumYield(policy, yields)),
    strata: passRateStrata.flatMap((stratum) => {
      const members = edits.flatMap((edit, i) => (stratumOf(edit) === stratum ? [i] : []));
      if (members.length === 0) return [];
      const policies = made.map(([policy, yields]) =>
        sumYield(
          policy,
          members.map((i) => yields[i]!),
        ),
      );
      return [{ label: stratum.label, edits: members.length, policies }];
    }),
  };
}
