import { runConfigSchema } from "@/lib/domain/run-config";
import { compareYield, type ReplayEdit, type YieldReport } from "@/lib/domain/sampling/yield-report";
import type { Scores } from "@/lib/domain/scores";
import { passedBounds } from "@/lib/domain/selection";
import type { ImageStage } from "@/lib/domain/thresholds";
import { type Context, requireAbility } from "../context";
import { scoresOf } from "../samples/scores-of";
import { getRun } from "./get-run";

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
    const edits = await replayEdits(context, id, stage);
    const { keep, batch } = config[stage];
    const report = compareYield(edits, {
      keep,
      keepAtLeast: stage === "region" ? config.region.keepAtLeast : 1,
      batch,
      maxDraws: options.draws ?? publishedDraws[stage],
      giveUpBelow: config.sampling.giveUpBelow,
      passesPerKept: [...new Set([1, 2, 4, config.sampling.passesPerKept])].sort((a, b) => a - b),
    });
    const sum = (part: "drawn" | "unetRows" | "kept") => rows.reduce((total, row) => total + row[part], 0);
    results.push({
      stage,
      own: { drawn: sum("drawn"), unetRows: sum("unetRows"), kept: sum("kept") },
      report,
    });
  }
  return results;
}

/** Edits read at once. */
const page = 500;

/** The draws of a stage's finished edits, in the order of the edits and of the draws. */
async function replayEdits({ studio }: Context, runId: string, stage: ImageStage): Promise<ReplayEdit[]> {
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
      edits.push({
        editType,
        draws: candidates.map(({ scores, failures, recipe }) => ({
          unetRows: Number((recipe as { unetRows?: number }).unetRows ?? 0),
          passed: passedBounds(failures),
          direction: (scoresOf(scores) as Scores).clipDirection ?? null,
        })),
      });
    }
    last = rows.at(-1)?.id;
    if (rows.length < page) return edits;
  }
}
