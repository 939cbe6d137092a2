import type { EditType } from "@/lib/domain/edit-types";
import { addLessons, fits, type Lessons, lessonsSchema } from "@/lib/domain/sampling/lessons";
import type { ImageStage } from "@/lib/domain/thresholds";
import type { Prisma, Transaction } from "../database/client";

/** The stages' names in the database. */
const stageNames: Record<ImageStage, string> = { freeForm: "free-form", region: "region" };

export interface YieldChange {
  edits?: number;
  finished?: number;
  drawn?: number;
  passed?: number;
  kept?: number;
  fruitful?: number;
  unetRows?: number;
}

/** Adds to what an edit type has yielded in a stage, in the transaction of the work it counts. */
export async function addToYield(
  tx: Transaction,
  runId: string,
  stage: ImageStage,
  editType: EditType,
  change: YieldChange,
): Promise<void> {
  const { edits = 0, finished = 0, drawn = 0, passed = 0, kept = 0, fruitful = 0, unetRows = 0 } = change;
  await tx.$executeRaw`
    INSERT INTO run_yields (run_id, stage, edit_type, edits, finished, drawn, passed, kept, fruitful, unet_rows)
    VALUES (${runId}::uuid, ${stageNames[stage]}::stage, ${editType}, ${edits}::int, ${finished}::int, ${drawn}::int,
      ${passed}::int, ${kept}::int, ${fruitful}::int, ${unetRows}::bigint)
    ON CONFLICT (run_id, stage, edit_type) DO UPDATE SET
      edits = run_yields.edits + EXCLUDED.edits,
      finished = run_yields.finished + EXCLUDED.finished,
      drawn = run_yields.drawn + EXCLUDED.drawn,
      passed = run_yields.passed + EXCLUDED.passed,
      kept = run_yields.kept + EXCLUDED.kept,
      fruitful = run_yields.fruitful + EXCLUDED.fruitful,
      unet_rows = run_yields.unet_rows + EXCLUDED.unet_rows`;
}

/** Adds the same change for several types, in their order, so that two transactions cannot block each other. */
export async function addToYields(
  tx: Transaction,
  runId: string,
  stage: ImageStage,
  changes: ReadonlyMap<EditType, YieldChange>,
): Promise<void> {
  for (const [editType, change] of [...changes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await addToYield(tx, runId, stage, editType, change);
  }
}

/** Adds what an edit taught about settings. After `lockStages`, since it is read and written. */
export async function addLesson(
  tx: Transaction,
  runId: string,
  stage: ImageStage,
  editType: EditType,
  lesson: Lessons,
): Promise<void> {
  const where = { runId_stage_editType: { runId, stage, editType } };
  const { lessons: json } = await tx.runYield.findUniqueOrThrow({ where, select: { lessons: true } });
  const known = json ? lessonsSchema.parse(json) : null;
  // Lessons about other choices, from before the pack was exchanged, are of no use any more.
  const lessons = known && fits(known, lesson) ? addLessons(known, lesson) : lesson;
  await tx.runYield.update({ where, data: { lessons } });
}

export type YieldRow = Prisma.RunYieldGetPayload<object>;

export function readYields(tx: Transaction, runId: string): Promise<YieldRow[]> {
  return tx.runYield.findMany({ where: { runId }, orderBy: [{ stage: "asc" }, { editType: "asc" }] });
}
