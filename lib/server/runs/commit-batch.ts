import { createHash } from "node:crypto";
import { type AnyRecipe, endpointInputsSchema, endpointSourceOf } from "@/lib/domain/endpoint-recipe";
import { recipeInputsSchema, sourceRecipeOf } from "@/lib/domain/recipe";
import type { DrawRecord } from "@/lib/domain/sampling/draw-plan";
import type { Lessons } from "@/lib/domain/sampling/lessons";
import { brokenThresholds } from "@/lib/domain/selection";
import type { Crop } from "@/lib/stages/anchor-image";
import { type AnyPair, isFromEndpoint } from "@/lib/stages/any-pair";
import { requireStanding } from "../anchors/require-standing";
import type { Studio } from "../context";
import { addToCounters } from "../counters";
import { holdEmbeddings } from "../curate/write-embeddings";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { type StoredPicture, storePicture } from "../images/store-picture";
import { softwareVersion } from "../software-version";
import { uuid7 } from "../uuid7";
import { boundsOf, editTypeOf, stageOf, type WorkRow } from "./edit-work";
import { finishEdit } from "./finish-edit";
import { lockWork } from "./lock-stages";
import { endOutages } from "./pause-for-outage";
import { addToYield } from "./run-yields";
import type { RunnableRun } from "./runnable-run";

export interface BatchResult {
  /** Draws before this batch: only the worker that continues exactly there may commit. */
  from: number;
  /** Draws in the batch, those that gave no image included. */
  count: number;
  pairs: { index: number; pair: AnyPair }[];
  /** Guiding masks of the batch's region candidates, by the hash of their PNG. */
  guides: ReadonlyMap<string, StoredGuide>;
  plan: DrawRecord;
  /** The batch was the edit's last. */
  last: boolean;
  /** What all draws of the edit teach about settings; kept with the last batch. */
  lesson: Lessons | null;
  elapsedMs: number;
}

/** A guiding mask in the store. */
export interface StoredGuide {
  kind: "fine" | "box" | "contour" | "soft" | "human";
  picture: StoredPicture;
  crop: Crop;
  authorId: string | null;
}

interface StoredCandidate {
  id: string;
  draw: number;
  recipe: AnyRecipe;
  recipeHash: string;
  source: ReturnType<typeof sourceRecipeOf> | ReturnType<typeof endpointSourceOf>;
  sourceHash: string;
  sourcePicture: StoredPicture;
  targetPicture: StoredPicture;
  pair: AnyPair;
  failures: string[];
}

/**
 * Writes a batch of candidates of one edit: images first, then every row in one transaction, which only the worker that
 * continues where the edit stands can commit. A worker killed in between leaves images that nothing names, and no row,
 * and its successor repeats that one batch.
 * @returns false if the edit went on without this worker, or the run was cancelled
 */
export async function commitBatch(
  studio: Studio,
  run: RunnableRun,
  edit: WorkRow,
  batch: BatchResult,
): Promise<boolean> {
  const bounds = boundsOf(run, edit);
  const stored: StoredCandidate[] = [];
  const sources = new Map<string, StoredPicture>();
  for (const { index, pair } of batch.pairs) {
    stored.push({
      ...(await storeCandidate(studio, pair, sources)),
      id: uuid7(),
      draw: batch.from + index,
      failures: brokenThresholds(pair.scores, bounds),
    });
  }
  const passed = stored.filter(({ failures }) => failures.length === 0).length;
  const unetRows = stored.reduce(
    (sum, { pair }) => sum + (isFromEndpoint(pair) ? 0 : pair.facts.unetRows),
    0,
  );
  const stage = stageOf(edit);

  return inTransaction(studio.db, async (tx) => {
    await requireStanding(tx, edit.anchorId);
    if (!(await lockWork(tx, run.id))) return false;
    const { count } = await tx.edit.updateMany({
      where: { id: edit.id, state: "pending", stage, drawn: batch.from },
      data: { drawn: { increment: batch.count }, passed: { increment: passed }, plan: batch.plan },
    });
    if (count === 0) return false;
    const renderIds = await writeRenders(tx, edit.anchorId, stored);
    const maskIds = await writeGuides(tx, edit, batch.guides);
    await tx.candidate.createMany({
      data: stored.map(({ id, recipe, recipeHash, sourceHash, targetPicture, pair, draw, failures }) => ({
        id,
        runId: run.id,
        editId: edit.id,
        renderId: renderIds.get(sourceHash)!,
        imageSha: targetPicture.sha256,
        maskId: maskIds.get(guideShaOf(recipe) ?? "") ?? null,
        stage,
        draw,
        recipe,
        recipeHash,
        scores: pair.scores,
        scorerHash: pair.inputs.pack.hash,
        selected: false,
        failures,
      })),
    });
    await holdEmbeddings(
      tx,
      stored.flatMap(({ id, failures, pair: { embedding } }) =>
        embedding && failures.length === 0 ? [{ candidateId: id, embedding }] : [],
      ),
    );
    await tx.judgement.createMany({
      data: stored.flatMap(({ id, pair: { judgement } }) => {
        if (!judgement) return [];
        const { scores, ...said } = judgement;
        return [{ candidateId: id, ...said, ...(scores && { scores }) }];
      }),
    });
    await tx.runStage.update({
      where: { runId_stage: { runId: run.id, stage } },
      data: {
        produced: { increment: stored.length },
        unetRows: { increment: unetRows },
        busyMs: { increment: Math.round(batch.elapsedMs) },
      },
    });
    await addToYield(tx, run.id, stage, editTypeOf(edit), { drawn: batch.count, passed, unetRows });
    await addToCounters(tx, run.projectId, { candidates: stored.length });
    await endOutages(tx, run.id);
    if (batch.last) await finishEdit(tx, studio.queue, run, edit, batch.lesson);
    await notify(tx, { topic: "runs", id: run.id });
    return true;
  });
}

/** @param sources the batch's sources that are stored already, by the hash of their pixels: targets may share one */
async function storeCandidate({ store }: Studio, pair: AnyPair, sources: Map<string, StoredPicture>) {
  const recipes = recipesOf(pair);
  const pixels = createHash("sha256").update(pair.source.data).digest("hex");
  const sourcePicture = sources.get(pixels) ?? (await storePicture(store, pair.source));
  sources.set(pixels, sourcePicture);
  return {
    pair,
    ...recipes,
    sourcePicture,
    // A recipe gives the same bytes on one machine only, and a target belongs to the bytes that it was drawn beside.
    sourceHash: hashOf({ recipe: recipes.source, image: sourcePicture.sha256 }),
    targetPicture: await storePicture(store, pair.target),
  };
}

function recipesOf(pair: AnyPair) {
  if (isFromEndpoint(pair)) {
    return {
      recipe: { ...pair.inputs, answer: pair.answer, code: softwareVersion },
      recipeHash: hashOf(endpointInputsSchema.parse(pair.inputs)),
      source: endpointSourceOf(pair.inputs),
    };
  }
  return {
    recipe: { ...pair.inputs, ...pair.facts, code: softwareVersion },
    recipeHash: hashOf(recipeInputsSchema.parse(pair.inputs)),
    source: sourceRecipeOf(pair.inputs),
  };
}

/** The PNG of the mask that guided a candidate. */
function guideShaOf(recipe: AnyRecipe): string | undefined {
  if (recipe.kind === "region") return recipe.region.mask;
  return recipe.kind === "endpoint" ? recipe.mask?.sha256 : undefined;
}

async function writeRenders(
  tx: Transaction,
  anchorId: string,
  stored: readonly StoredCandidate[],
): Promise<Map<string, string>> {
  await tx.image.createMany({
    data: stored.flatMap(({ sourcePicture, targetPicture }) => [sourcePicture, targetPicture]),
    skipDuplicates: true,
  });
  await tx.sourceRender.createMany({
    data: stored.map(({ source, sourceHash, sourcePicture }) => ({
      anchorId,
      imageSha: sourcePicture.sha256,
      recipe: source,
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

/** Rows of the guiding masks, by the hash of their PNG; those of earlier batches are used again. */
async function writeGuides(
  tx: Transaction,
  edit: WorkRow,
  guides: BatchResult["guides"],
): Promise<Map<string, string>> {
  if (guides.size === 0) return new Map();
  await tx.image.createMany({
    data: [...guides.values()].map(({ picture }) => picture),
    skipDuplicates: true,
  });
  const where = { editId: edit.id, pngSha: { in: [...guides.keys()] } };
  const known = await tx.mask.findMany({ where, select: { pngSha: true, kind: true } });
  await tx.mask.createMany({
    data: [...guides]
      .filter(([sha, { kind }]) => known.every((row) => row.pngSha !== sha || row.kind !== kind))
      .map(([sha, { kind, crop, authorId }]) => ({
        imageSha: edit.anchor.imageSha,
        pngSha: sha,
        editId: edit.id,
        kind,
        crop,
        authorId,
      })),
  });
  const rows = await tx.mask.findMany({
    where,
    orderBy: { id: "asc" },
    select: { id: true, pngSha: true, kind: true },
  });
  return new Map(
    rows.flatMap((row) => (guides.get(row.pngSha)?.kind === row.kind ? [[row.pngSha, row.id] as const] : [])),
  );
}

/** SHA-256 of the value as JSON; the recipe schemas fix the order of the keys. */
function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
