import { join } from "node:path";
import type { EditType } from "@/lib/domain/edit-types";
import { UserError } from "@/lib/domain/errors";
import type { InferenceEngine } from "@/lib/inference/types";
import { loadManifest } from "@/lib/packs/load-manifest";
import type { GeneratorManifest } from "@/lib/packs/manifest";
import { anchorAtSize } from "@/lib/stages/anchor-image";
import { closestSize } from "@/lib/stages/closest-size";
import { drawFreeForm } from "@/lib/stages/free-form";
import { withdrawnError } from "../anchors/require-standing";
import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { commitCandidates } from "./commit-candidates";
import { reachedLimit } from "./run-limits";
import { type RunnableRun, runnableRun } from "./runnable-run";
import { settleRun } from "./settle-run";

export interface GenerateOptions {
  engineFor(pack: string): Promise<InferenceEngine>;
  signal: AbortSignal;
  /** Nobody will try again after this attempt: what still fails is recorded as failed. */
  lastAttempt: boolean;
}

/** Stage II for a few edits of a run. Skips edits that are done; stops between two when the run stops. */
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
      if (!(error instanceof UserError) && !options.lastAttempt) errors.push(error as Error);
      else await recordEditFailure(studio, runId, editId, (error as Error).message);
    }
  }
  // The queue repeats the job; what was committed is not done again.
  if (errors[0]) throw errors[0];
}

async function generateEdit(
  studio: Studio,
  run: RunnableRun,
  editId: string,
  { engineFor }: GenerateOptions,
) {
  const edit = await studio.db.edit.findUnique({
    where: { id: editId, state: "pending" },
    include: { anchor: { include: { image: true } } },
  });
  if (!edit) return;
  if (edit.anchor.withdrawnAt) throw withdrawnError();
  const started = performance.now();
  const { manifest, hash } = await loadManifest(join(studio.packsDir, run.config.freeForm.pack));
  const generator = generatorOf(manifest.generator, run.config.freeForm.pack);
  const sha256 = edit.anchor.imageSha;
  const anchor = run.config.freeForm.anchorFree
    ? null
    : {
        sha256,
        keep: edit.anchor.turn > 1,
        ...(await anchorAtSize(
          await studio.store.read(sha256),
          closestSize(edit.anchor.image, generator.sizes),
        )),
      };
  const result = await drawFreeForm(
    await engineFor(run.config.freeForm.pack),
    {
      ...edit,
      editType: edit.editType as EditType,
      anchor,
      key: `${edit.anchor.originalSha}/${edit.ordinal}`,
    },
    {
      runSeed: run.config.seed,
      stage: run.config.freeForm,
      thresholds: run.thresholds,
      generator,
      pack: { name: manifest.name, version: manifest.version, hash },
    },
  );
  if (result.candidates.length === 0) {
    throw new UserError(
      "bad-input",
      `No image could be made: ${result.failed[0] ?? "no candidates were drawn"}`,
    );
  }
  await commitCandidates(studio, run, edit, result, performance.now() - started);
}

function generatorOf(generator: GeneratorManifest | undefined, pack: string): GeneratorManifest {
  if (generator) return generator;
  throw new UserError(
    "unavailable",
    `The model pack “${pack}” has no generator, so it cannot make images.`,
    pack,
  );
}

/** Records that an edit got no images, so that the run can end and `retry` finds it. */
export async function recordEditFailure(
  { db }: Studio,
  runId: string,
  editId: string,
  message: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { count } = await tx.edit.updateMany({
      where: { id: editId, state: "pending" },
      data: { state: "failed", error: message },
    });
    if (count === 0) return;
    await tx.runStage.update({
      where: { runId_stage: { runId, stage: "freeForm" } },
      data: { failed: { increment: 1 } },
    });
    await settleRun(tx, runId);
    await notify(tx, { topic: "runs", id: runId });
  });
}
