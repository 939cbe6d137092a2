import type { RecipeInputs } from "@/lib/domain/recipe";
import { type RunConfig, runConfigSchema } from "@/lib/domain/run-config";
import type { SettingChoices } from "@/lib/domain/sampling/draw-settings";
import {
  type ComparedPolicy,
  compareYield,
  type ReplayEdit,
  type YieldReport,
} from "@/lib/domain/sampling/yield-report";
import type { Scores } from "@/lib/domain/scores";
import { passedBounds } from "@/lib/domain/selection";
import type { ImageStage } from "@/lib/domain/thresholds";
import { settingChoices, settingOfRecipe } from "@/lib/stages/setting-choices";
import { type Context, requireAbility } from "../context";
import { scoresOf } from "../samples/scores-of";
import { getRun } from "./get-run";
import { generatorPack } from "./pack-of-run";

/** Draws of the published policies (UltraEdit's scripts). */
export const publishedDraws: Record<ImageStage, number> = { freeForm: 30, region: 100 };

export interface StageYield {
  stage: ImageStage;
  /** What the run itself spent and kept. */
  own: { drawn: number; unetRows: number; kept: number };
  report: YieldReport;
}

/**
 * What a run's policy yields next to the published one, on the draws that the run made: by stage, altogether and by the
 * edits' pass rate. Edits that were drawn less often than `draws` cannot be compared; a run that samples in `fixed` mode
 * draws all.
 * @param draws draws of the fixed policy; 30 free-form and 100 region as published, at most what the run drew
 */
export async function runYield(
  context: Context,
  id: string,
  options: { draws?: number | undefined } = {},
): Promise<StageYield[]> {
  requireAbility(context, "read");
  const run = await getRun(context, id);
  const config = runConfigSchema.parse(run.config);
  const results: StageYield[] = [];
  for (const stage of ["freeForm", "region"] as const) {
    const rows = run.yields.filter((row) => row.stage === stage);
    if (rows.length === 0) continue;
    const choices = await choicesOf(context, config, stage);
    const edits = await replayEdits(context, id, stage, choices);
    const { keep, batch } = config[stage];
    const report = compareYield(
      edits,
      {
        keep,
        keepAtLeast: stage === "region" ? config.region.keepAtLeast : 1,
        batch,
        maxDraws: options.draws ?? publishedDraws[stage],
      },
      policiesOf(config),
      choices,
    );
    const sum = (part: "drawn" | "unetRows" | "kept") => rows.reduce((total, row) => total + row[part], 0);
    results.push({
      stage,
      own: { drawn: sum("drawn"), unetRows: sum("unetRows"), kept: sum("kept") },
      report,
    });
  }
  return results;
}

/** The run's own adaptive policy, and what each of its parts does. */
function policiesOf({ sampling }: RunConfig): ComparedPolicy[] {
  const { giveUpBelow, passesPerKept, leastRaise, learnSettings } = sampling;
  const own = { giveUpBelow, passesPerKept, leastRaise, learnSettings };
  return [
    { policy: "adaptive, as the run is set", rules: own },
    { policy: "adaptive, settings at random", rules: { ...own, learnSettings: false } },
    { policy: "adaptive, the first that pass", rules: { ...own, leastRaise: 1, passesPerKept: 1 } },
  ];
}

/** The settings that the run's draws of a stage can have; null where an outside endpoint drew, or the pack is gone. */
async function choicesOf(
  { studio }: Context,
  config: RunConfig,
  stage: ImageStage,
): Promise<SettingChoices | null> {
  if (config.freeForm.generator.kind !== "pack") return null;
  const pack = await generatorPack(studio, config.freeForm.pack).catch(() => null);
  if (!pack) return null;
  const { generator } = pack;
  const defaults =
    stage === "region" ? { ...generator.defaults, ...generator.regionDefaults } : generator.defaults;
  return settingChoices(config[stage], defaults, config[stage].strength ?? defaults.strength);
}

/** Edits read at once. */
const page = 500;

/** The draws of a stage's finished edits, in the order of the edits and of the draws. */
async function replayEdits(
  { studio }: Context,
  runId: string,
  stage: ImageStage,
  choices: SettingChoices | null,
): Promise<ReplayEdit[]> {
  const edits: ReplayEdit[] = [];
  for (let last: string | undefined; ; ) {
    const rows = await studio.db.edit.findMany({
      where: { runId, stage, state: "done", ...(last && { id: { gt: last } }) },
      orderBy: { id: "asc" },
      take: page,
      select: {
        id: true,
        editType: true,
        candidates: {
          where: { stage },
          orderBy: { draw: "asc" },
          select: { scores: true, failures: true, selected: true, recipe: true },
        },
      },
    });
    for (const { editType, candidates } of rows) {
      // A draw that took up the noise of another is none that the fixed policy would have made.
      const roots = new Set<number>();
      const drawn = candidates.filter(({ recipe }) => {
        const { seed } = recipe as unknown as RecipeInputs;
        return !choices?.varied || (!roots.has(seed) && roots.add(seed));
      });
      edits.push({
        editType,
        draws: drawn.map(({ scores, failures, recipe }) => ({
          unetRows: Number((recipe as { unetRows?: number }).unetRows ?? 0),
          passed: passedBounds(failures),
          direction: (scoresOf(scores) as Scores).clipDirection ?? null,
          setting: choices && settingOfRecipe(choices, recipe as unknown as RecipeInputs),
        })),
      });
    }
    last = rows.at(-1)?.id;
    if (rows.length < page) return edits;
  }
}
