import { noiseOf } from "@/lib/domain/draw-noise";
import type { RecipeInputs } from "@/lib/domain/recipe";
import type { DrawOutcome } from "@/lib/domain/sampling/draw-outcome";
import type { DrawRecord } from "@/lib/domain/sampling/draw-plan";
import type { SettingChoices } from "@/lib/domain/sampling/draw-settings";
import { type Lessons, lessonsSchema } from "@/lib/domain/sampling/lessons";
import { nextDraws } from "@/lib/domain/sampling/next-draws";
import { brokenThresholds } from "@/lib/domain/selection";
import { settingOfRecipe } from "@/lib/stages/setting-choices";
import type { Transaction } from "../database/client";
import { scoresOf } from "../samples/scores-of";
import { boundsOf, stageOf, type WorkRow } from "./edit-work";
import { readYields } from "./run-yields";
import type { RunnableRun } from "./runnable-run";

/** How far an edit has been drawn. */
export interface Progress {
  drawn: number;
  passed: number;
  outcomes: DrawOutcome[];
  record: DrawRecord | null;
}

/** What the plan says next, from what the run's edits of the type have yielded by now. */
export async function planEdit(
  db: Transaction,
  run: RunnableRun,
  edit: WorkRow,
  choices: SettingChoices | null,
  { outcomes, record, ...counts }: Progress,
) {
  const stage = stageOf(edit);
  const { keep, maxCandidates, batch, targetsPerSource } = run.config[stage];
  const rows = (await readYields(db, run.id)).filter((row) => row.stage === stage);
  const sum = (part: "drawn" | "passed" | "kept" | "finished") =>
    rows.reduce((total, row) => total + row[part], 0);
  const type = rows.find(({ editType }) => editType === edit.editType);
  // The prior is what was known before the edit's own draws.
  const before = (row: { drawn: number; passed: number }) => ({
    drawn: Math.max(0, row.drawn - edit.drawn),
    passed: Math.max(0, row.passed - edit.passed),
  });
  return nextDraws(
    { ...run.config.sampling, keep, maxDraws: maxCandidates, batch, targetsPerSource },
    {
      stage: {
        ...before({ drawn: sum("drawn"), passed: sum("passed") }),
        kept: sum("kept"),
        finished: sum("finished"),
      },
      type: before(type ?? { drawn: 0, passed: 0 }),
      lessons: lessonsIn(type?.lessons),
    },
    { counts, outcomes, record, choices },
  );
}

/** Lessons as they are stored with a yield. */
export function lessonsIn(json: unknown): Lessons | null {
  return json ? lessonsSchema.parse(json) : null;
}

/** The draws of an edit that were made before, as the plan sees them. */
export async function earlierOutcomes(
  db: Transaction,
  run: RunnableRun,
  edit: WorkRow,
  choices: SettingChoices | null,
): Promise<DrawOutcome[]> {
  if (edit.drawn === 0 || !choices) return [];
  const candidates = await db.candidate.findMany({
    where: { editId: edit.id, stage: stageOf(edit) },
    orderBy: { draw: "asc" },
    select: { recipe: true, scores: true },
  });
  return candidates.map(({ recipe, scores }) =>
    outcomeOf(run, edit, choices, recipe as unknown as RecipeInputs, scoresOf(scores)),
  );
}

/** A draw as the plan sees it. */
export function outcomeOf(
  run: RunnableRun,
  edit: WorkRow,
  choices: SettingChoices,
  recipe: RecipeInputs,
  scores: Record<string, number>,
): DrawOutcome {
  return {
    noise: noiseOf(recipe),
    setting: settingOfRecipe(choices, recipe),
    passed: brokenThresholds(scores, boundsOf(run, edit)).length === 0,
    direction: scores.clipDirection ?? null,
  };
}
