import type { EditType } from "@/lib/domain/edit-types";
import type { Thresholds } from "@/lib/domain/run-config";
import { planDraws, priceOf, priorOf } from "@/lib/domain/sampling/draw-plan";
import type { Scores } from "@/lib/domain/scores";
import { selectCandidates } from "@/lib/domain/selection";

/** One drawn candidate, as a policy sees it. */
export interface PoolDraw {
  scores: Scores;
  unetRows: number;
}

/** The draws of one edit, in order: what a run would draw, however many it draws. */
export interface Pool {
  key: string;
  editType: EditType;
  draws: PoolDraw[];
}

export interface Spent {
  key: string;
  kept: number;
  unetRows: number;
  drawn: number;
  /** CLIP direction of each kept candidate. */
  directions: number[];
}

const keep = 2;
const batch = 4;
const giveUpBelow = 0.5;

/** What a policy spends and keeps on the edits in turn: the rules of a run, applied to draws that are known already. */
export function applyPolicy(
  mode: "adaptive" | "fixed",
  pools: readonly Pool[],
  thresholdsOf: (editType: EditType) => Thresholds,
): Spent[] {
  const types = new Map<string, { drawn: number; passed: number }>();
  const stage = { drawn: 0, passed: 0, kept: 0, finished: 0 };
  return pools.map(({ key, editType, draws }) => {
    const thresholds = thresholdsOf(editType);
    const type = types.get(editType) ?? { drawn: 0, passed: 0 };
    types.set(editType, type);
    const prior = priorOf(type, stage);
    const own = { drawn: 0, passed: 0 };
    for (;;) {
      const decision = planDraws({
        mode,
        prior,
        price: mode === "adaptive" ? priceOf(stage, giveUpBelow) : 0,
        edit: own,
        wanted: keep,
        maxDraws: draws.length,
        batch,
      });
      if ("stop" in decision) break;
      const next = draws.slice(own.drawn, own.drawn + decision.draw);
      const passed = passing(next, thresholds);
      for (const counts of [own, type, stage]) {
        counts.drawn += next.length;
        counts.passed += passed;
      }
    }
    const made = draws.slice(0, own.drawn);
    const verdicts = selectCandidates(
      made.map(({ scores }) => scores),
      thresholds,
      keep,
    );
    const kept = made.filter((_, i) => verdicts[i]!.selected);
    stage.kept += kept.length;
    stage.finished++;
    return {
      key,
      kept: kept.length,
      unetRows: made.reduce((sum, { unetRows }) => sum + unetRows, 0),
      drawn: made.length,
      directions: kept.flatMap(({ scores }) => scores.clipDirection ?? []),
    };
  });
}

/** How many break no bound. */
export function passing(draws: readonly PoolDraw[], thresholds: Thresholds): number {
  const verdicts = selectCandidates(
    draws.map(({ scores }) => scores),
    thresholds,
    draws.length,
  );
  return verdicts.filter(({ selected }) => selected).length;
}
