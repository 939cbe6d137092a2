import { UserError } from "@/lib/domain/errors";
import { isOutage } from "@/lib/domain/outage";
import type { InferenceEngine } from "@/lib/inference/types";
import type { ObjectChooser } from "@/lib/instructions/choose-object/object-chooser";
import { anchorAtSize } from "@/lib/stages/anchor-image";
import { closestSize } from "@/lib/stages/closest-size";
import { withdrawnError } from "../anchors/require-standing";
import type { Studio } from "../context";
import { drawEdit } from "./draw-edit";
import { freeFormSource, regionSource } from "./draw-source";
import { recordEditFailure, skipEdit } from "./edit-outcome";
import { stageOf, type WorkRow, workInclude } from "./edit-work";
import { endpointSource } from "./endpoint-source";
import { leaveRegion } from "./leave-region";
import { generatorPack } from "./pack-of-run";
import { pauseForOutage } from "./pause-for-outage";
import { quotaOf } from "./quota";
import { regionOfEdit } from "./region-of-edit";
import { reachedLimit } from "./run-limits";
import { type RunnableRun, runnableRun } from "./runnable-run";

export interface GenerateOptions {
  engineFor(pack: string): Promise<InferenceEngine>;
  /** Says what an edit changes, for Stage III. */
  chooserFor(run: RunnableRun): Promise<ObjectChooser>;
  signal: AbortSignal;
  /** Nobody will try again after this attempt: what still fails is recorded as failed. */
  lastAttempt: boolean;
}

/**
 * Stages II and III for a few edits of a run. Skips edits that are done; stops between two batches when the run stops.
 * An edit that fails is none of the others' business: they go on, and it is tried again.
 */
export async function generateEdits(
  studio: Studio,
  { runId, editIds }: { runId: string; editIds: string[] },
  options: GenerateOptions,
): Promise<void> {
  const errors: Error[] = [];
  for (const editId of editIds) {
    const run = options.signal.aborted ? null : await runnableRun(studio, runId);
    if (!run || (await reachedLimit(studio, run))) break;
    try {
      await generateEdit(studio, run, editId, options);
    } catch (error) {
      // Whatever went wrong, it went wrong because the work was called off.
      if (options.signal.aborted) break;
      if (isOutage(error)) {
        await pauseForOutage(studio, run, error.message);
        break;
      }
      if (mayPass(error) && !options.lastAttempt) errors.push(error as Error);
      else await recordEditFailure(studio, runId, editId, (error as Error).message);
    }
  }
  // The queue repeats the job; what was committed is not done again.
  if (errors[0]) throw errors[0];
}

/** Whether trying again may help. The engine's end, as when its pack was replaced, is no fault of the edit. */
function mayPass(error: unknown): boolean {
  return !(error instanceof UserError) || error.subject === "engine";
}

async function generateEdit(
  studio: Studio,
  run: RunnableRun,
  editId: string,
  options: GenerateOptions,
): Promise<void> {
  const edit = await studio.db.edit.findUnique({
    where: { id: editId, state: "pending" },
    include: workInclude,
  });
  if (!edit) return;
  if (edit.anchor.withdrawnAt) throw withdrawnError();
  const quota = edit.parentId ? null : await quotaOf(studio.db, run, edit);
  if (quota && quota.kept >= quota.wanted && edit.drawn === 0) {
    return skipEdit(studio, run, edit, `The quota of ${quota.wanted} for edits of this type is met.`);
  }
  const goOn = async () => {
    if (options.signal.aborted) return false;
    const now = await runnableRun(studio, run.id);
    return now !== null && !(await reachedLimit(studio, now));
  };
  const engine = await options.engineFor(run.config.freeForm.pack);
  if (stageOf(edit) === "region") {
    const left = await generateInRegion(studio, run, edit, { ...options, engine, goOn });
    if (left !== "freeForm") return;
    edit.stage = "freeForm";
  }
  const { freeForm } = run.config;
  if (freeForm.generator.kind === "images-endpoint") {
    const source = await endpointSource(studio, run, edit, freeForm.generator, null, options.signal);
    return drawEdit(studio, run, edit, { engine, source, goOn, signal: options.signal });
  }
  const pack = await generatorPack(studio, freeForm.pack);
  const anchor = freeForm.anchorFree ? null : await anchorOf(studio, edit, pack.generator.sizes);
  const source = freeFormSource(run, edit, pack, anchor);
  await drawEdit(studio, run, edit, { engine, source, goOn, signal: options.signal });
}

/** @returns "freeForm" if the edit has no region and Stage II is to go on with it */
async function generateInRegion(
  studio: Studio,
  run: RunnableRun,
  edit: WorkRow,
  {
    engine,
    goOn,
    chooserFor,
    signal,
  }: GenerateOptions & { engine: InferenceEngine; goOn(): Promise<boolean> },
): Promise<"freeForm" | null> {
  const pack = await generatorPack(studio, run.config.freeForm.pack);
  const anchor = await anchorOf(studio, edit, pack.generator.sizes);
  const tools = { engine, chooser: () => chooserFor(run), signal };
  const { record, region } = await regionOfEdit(studio, run, edit, anchor, tools);
  if (!region) return leaveRegion(studio, run, edit, record);
  const { generator } = run.config.freeForm;
  const source =
    generator.kind === "images-endpoint"
      ? await endpointSource(studio, run, edit, generator, { ...region, crop: anchor.crop }, signal)
      : regionSource(studio, run, edit, pack, anchor, region);
  await drawEdit(studio, run, edit, { engine, source, goOn, signal });
  return null;
}

async function anchorOf(
  { store }: Studio,
  { anchor }: WorkRow,
  sizes: readonly [height: number, width: number][],
) {
  const sha256 = anchor.imageSha;
  const file = await store.read(sha256);
  // A later turn of a chain must start from exactly the picture that the turn before ended with.
  return { sha256, keep: anchor.turn > 1, ...(await anchorAtSize(file, closestSize(anchor.image, sizes))) };
}
