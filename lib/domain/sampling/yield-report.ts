import { planDraws, priceOf, priorOf } from "./draw-plan";

/** One draw of an edit, in order: the UNet evaluations it took, whether it broke no threshold, and its CLIP direction. */
export interface ReplayDraw {
  readonly unetRows: number;
  readonly passed: boolean;
  readonly direction: number | null;
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

interface EditYield {
  readonly drawn: number;
  readonly unetRows: number;
  readonly directions: readonly number[];
}

/** The published policy: every edit is drawn `maxDraws` times and the best `keep` by direction stay. */
export function replayFixed(edits: readonly ReplayEdit[], replay: Replay): EditYield[] {
  return edits.map((edit) => outcome(edit, Math.min(replay.maxDraws, edit.draws.length), replay));
}

/**
 * The adaptive policy on the same draws, edit after edit in their order, learning as a run does: priors of a type come
 * from the edits before. Candidates do not depend on what shares their batch, so the replay is what would have happened.
 */
export function replayAdaptive(
  edits: readonly ReplayEdit[],
  replay: Replay & { readonly giveUpBelow: number; readonly passesPerKept: number },
): EditYield[] {
  const seen = new Map<string, { drawn: number; passed: number }>();
  const stage = { drawn: 0, passed: 0, kept: 0, finished: 0 };
  return edits.map((edit) => {
    const type = seen.get(edit.editType) ?? { drawn: 0, passed: 0 };
    seen.set(edit.editType, type);
    const prior = priorOf(type, stage);
    const counts = { drawn: 0, passed: 0 };
    for (;;) {
      const decision = planDraws({
        mode: "adaptive",
        prior,
        price: priceOf(stage, replay.giveUpBelow),
        edit: counts,
        wanted: replay.keep * replay.passesPerKept,
        maxDraws: Math.min(replay.maxDraws, edit.draws.length),
        batch: replay.batch,
      });
      if ("stop" in decision) break;
      const batch = edit.draws.slice(counts.drawn, counts.drawn + decision.draw);
      const passed = batch.filter((draw) => draw.passed).length;
      for (const sum of [counts, type, stage]) {
        sum.drawn += batch.length;
        sum.passed += passed;
      }
    }
    const made = outcome(edit, counts.drawn, replay);
    stage.kept += made.directions.length;
    stage.finished++;
    return made;
  });
}

function outcome(edit: ReplayEdit, drawn: number, { keep, keepAtLeast }: Replay): EditYield {
  const draws = edit.draws.slice(0, drawn);
  const directions = draws.flatMap((draw) => (draw.passed ? [draw.direction ?? -1] : []));
  directions.sort((a, b) => b - a);
  return {
    drawn,
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

/**
 * The adaptive policy next to the published one on the same draws, altogether and by the edits' pass rate. Only edits
 * that were drawn as often as the fixed policy wants can be compared.
 */
export function compareYield(
  edits: readonly ReplayEdit[],
  replay: Replay & { readonly giveUpBelow: number; readonly passesPerKept: readonly number[] },
): YieldReport {
  const full = edits.filter(({ draws }) => draws.length >= replay.maxDraws);
  const made: [string, EditYield[]][] = [
    [`fixed ${replay.maxDraws}`, replayFixed(full, replay)],
    ...replay.passesPerKept.map((passesPerKept): [string, EditYield[]] => [
      passesPerKept === 1 ? "adaptive" : `adaptive, ${passesPerKept} passing for each kept`,
      replayAdaptive(full, { ...replay, passesPerKept }),
    ]),
  ];
  return {
    short: edits.length - full.length,
    policies: made.map(([policy, yields]) => sumYield(policy, yields)),
    strata: passRateStrata.flatMap((stratum) => {
      const members = full.flatMap((edit, i) => (stratumOf(edit) === stratum ? [i] : []));
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
