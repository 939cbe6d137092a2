import { createHash } from "node:crypto";
import type { EditType } from "@/lib/domain/edit-types";
import { type Recipe, recipeInputsSchema, sourceRecipeSchema } from "@/lib/domain/recipe";
import type { DrawnCandidate, FreeFormResult } from "@/lib/stages/free-form";
import { requireStanding } from "../anchors/require-standing";
import type { Studio } from "../context";
import { addToCounters } from "../counters";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { type StoredPicture, storePicture } from "../images/store-picture";
import { softwareVersion } from "../software-version";
import type { RunnableRun } from "./runnable-run";
import { settleRun } from "./settle-run";

interface EditRow {
  id: string;
  anchorId: string;
  sourceCaption: string;
  instruction: string;
  targetCaption: string;
  editType: string;
}

interface StoredCandidate extends DrawnCandidate {
  recipe: Recipe;
  recipeHash: string;
  sourceHash: string;
  sourcePicture: StoredPicture;
  targetPicture: StoredPicture;
}

/**
 * Writes all that Stage II made of one edit: images first, then every row in one transaction, which only one
 * worker can commit. A worker killed in between leaves images that nothing names, and no row.
 */
export async function commitCandidates(
  studio: Studio,
  run: RunnableRun,
  edit: EditRow,
  result: FreeFormResult,
  elapsedMs: number,
): Promise<void> {
  const stored: StoredCandidate[] = [];
  for (const candidate of result.candidates) stored.push(await storeCandidate(studio, candidate));

  await inTransaction(studio.db, async (tx) => {
    await requireStanding(tx, edit.anchorId);
    const { count } = await tx.edit.updateMany({
      where: { id: edit.id, state: "pending" },
      data: { state: "done", error: null },
    });
    if (count === 0) return;
    const renderIds = await writeRenders(tx, edit.anchorId, stored);
    await writeCandidates(tx, run, edit, stored, renderIds);
    const selected = stored.filter((candidate) => candidate.selected).length;
    await tx.runStage.update({
      where: { runId_stage: { runId: run.id, stage: "freeForm" } },
      data: {
        done: { increment: 1 },
        produced: { increment: stored.length },
        kept: { increment: selected },
        unetRows: { increment: stored.reduce((sum, { facts }) => sum + facts.unetRows, 0) },
        busyMs: { increment: Math.round(elapsedMs) },
      },
    });
    await addToCounters(tx, run.projectId, { candidates: stored.length, "samples.pending": selected });
    await settleRun(tx, run.id);
    await notify(tx, { topic: "runs", id: run.id });
    if (selected > 0) await notify(tx, { topic: "samples" });
  });
}

async function storeCandidate({ store }: Studio, candidate: DrawnCandidate): Promise<StoredCandidate> {
  return {
    ...candidate,
    recipe: { ...candidate.inputs, ...candidate.facts, code: softwareVersion },
    recipeHash: hashOf(recipeInputsSchema.parse(candidate.inputs)),
    // The schema drops everything that does not decide the source image.
    sourceHash: hashOf(sourceRecipeSchema.parse(candidate.inputs)),
    sourcePicture: await storePicture(store, candidate.source),
    targetPicture: await storePicture(store, candidate.target),
  };
}

async function writeRenders(
  tx: Transaction,
  anchorId: string,
  stored: StoredCandidate[],
): Promise<Map<string, string>> {
  await tx.image.createMany({
    data: stored.flatMap(({ sourcePicture, targetPicture }) => [sourcePicture, targetPicture]),
    skipDuplicates: true,
  });
  await tx.sourceRender.createMany({
    data: stored.map(({ sourceHash, sourcePicture, inputs }) => ({
      anchorId,
      imageSha: sourcePicture.sha256,
      recipe: sourceRecipeSchema.parse(inputs),
      recipeHash: sourceHash,
    })),
    skipDuplicates: true,
  });
  const renders = await tx.sourceRender.findMany({
    where: { anchorId, recipeHash: { in: stored.map(({ sourceHash }) => sourceHash) } },
    select: { id: true, recipeHash: true },
  });
  return new Map(renders.map((render) => [render.recipeHash, render.id]));
}

async function writeCandidates(
  tx: Transaction,
  run: RunnableRun,
  edit: EditRow,
  stored: StoredCandidate[],
  renderIds: Map<string, string>,
): Promise<void> {
  const rows = await tx.candidate.createManyAndReturn({
    data: stored.map((candidate) => ({
      runId: run.id,
      editId: edit.id,
      renderId: renderIds.get(candidate.sourceHash)!,
      imageSha: candidate.targetPicture.sha256,
      recipe: candidate.recipe,
      recipeHash: candidate.recipeHash,
      scores: candidate.scores,
      scorerHash: candidate.inputs.pack.hash,
      selected: candidate.selected,
      failures: candidate.failures,
    })),
    select: { id: true, selected: true },
  });
  await tx.sample.createMany({
    data: rows
      .filter((row) => row.selected)
      .map((row) => ({
        projectId: run.projectId,
        runId: run.id,
        candidateId: row.id,
        policyId: run.policyId,
        editType: edit.editType as EditType,
        instruction: edit.instruction,
        sourceCaption: edit.sourceCaption,
        targetCaption: edit.targetCaption,
      })),
  });
}

/** SHA-256 of the value as JSON; the recipe schemas fix the order of the keys. */
function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
