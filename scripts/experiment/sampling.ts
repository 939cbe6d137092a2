import type { EditType } from "@/lib/domain/edit-types";
import type { Thresholds } from "@/lib/domain/run-config";
import { runConfigSchema } from "@/lib/domain/run-config";
import type { DrawOutcome } from "@/lib/domain/sampling/draw-outcome";
import type { DrawRecord } from "@/lib/domain/sampling/draw-plan";
import type { ChosenDraw, SettingChoices } from "@/lib/domain/sampling/draw-settings";
import { addLessons, type Lessons, lessonOf } from "@/lib/domain/sampling/lessons";
import { lineagesOf } from "@/lib/domain/sampling/lineages";
import { nextDraws, type SamplingRules } from "@/lib/domain/sampling/next-draws";
import { brokenThresholds } from "@/lib/domain/selection";
import { settingOfRecipe } from "@/lib/stages/setting-choices";
import type { AdaptiveArm } from "./arms";
import type { DrawRow } from "./draw-store";

const config = runConfigSchema.parse({ name: "experiment" });
/** Pairs kept of one edit, as runs do by default. */
export const keep = config.freeForm.keep;

/** A draw as sampling plans see it. */
export function outcomeOf(row: DrawRow, choices: SettingChoices, thresholds: Thresholds): DrawOutcome {
  return {
    noise: row.noise,
    setting: settingOfRecipe(choices, { steps: row.steps, control: { self: row.threshold } }),
    passed: brokenThresholds(row.scores, thresholds).length === 0,
    direction: row.scores.clipDirection ?? null,
  };
}

/**
 * What the adaptive policies may do: their most draws, as a share of the fixed policy's, and what each must promise. The best two of
 * thirty draws are found sooner than those of a hundred, so there a draw has to promise more.
 */
export const adaptiveRules: Record<AdaptiveArm, { share: number; leastRaise: number }> = {
  "thrifty-free": { share: 0.45, leastRaise: 0.007 },
  "choosy-free": { share: 0.8, leastRaise: 0.0025 },
  "thrifty-region": { share: 0.4, leastRaise: 0.004 },
  "choosy-region": { share: 0.62, leastRaise: 0.0012 },
};

/**
 * The adaptive policy of a run, otherwise as runs are set by default, at work on one edit after another.
 * @param pool draws of the fixed policy
 */
export function adaptivePolicy(
  choices: SettingChoices,
  pool: number,
  { share, leastRaise }: (typeof adaptiveRules)[AdaptiveArm],
) {
  const rules: SamplingRules = {
    ...config.sampling,
    leastRaise,
    keep,
    maxDraws: Math.round(share * pool),
    batch: config.freeForm.batch,
    targetsPerSource: 1,
  };
  const types = new Map<EditType, { drawn: number; passed: number; lessons: Lessons | null }>();
  const stage = { drawn: 0, passed: 0, kept: 0, finished: 0 };
  return {
    /**
     * Draws one edit until the plan ends it. `draw` makes the next draws as they were chosen.
     * @returns the number of draws
     */
    async run(
      editType: EditType,
      thresholds: Thresholds,
      draw: (first: number, chosen: readonly ChosenDraw[]) => Promise<DrawRow[]>,
    ): Promise<number> {
      const type = types.get(editType) ?? { drawn: 0, passed: 0, lessons: null };
      types.set(editType, type);
      const outcomes: DrawOutcome[] = [];
      let record: DrawRecord | null = null;
      for (;;) {
        const counts = { drawn: outcomes.length, passed: outcomes.filter(({ passed }) => passed).length };
        const plan = nextDraws(
          rules,
          { stage, type, lessons: type.lessons },
          { counts, outcomes, record, choices },
        );
        if ("stop" in plan.decision) break;
        record = plan.record;
        const rows = await draw(outcomes.length, record.settings.slice(outcomes.length));
        outcomes.push(...rows.map((row) => outcomeOf(row, choices, thresholds)));
        for (const sum of [type, stage]) {
          sum.drawn += rows.length;
          sum.passed += rows.filter((row) => brokenThresholds(row.scores, thresholds).length === 0).length;
        }
      }
      const lesson = lessonOf(choices, outcomes);
      type.lessons = type.lessons ? addLessons(type.lessons, lesson) : lesson;
      stage.kept += Math.min(keep, lineagesOf(choices, outcomes).length);
      stage.finished++;
      return outcomes.length;
    },
  };
}
