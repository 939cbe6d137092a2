import { stageOfEdit } from "@/lib/domain/edit-stage";
import type { EditType } from "@/lib/domain/edit-types";
import { UserError } from "@/lib/domain/errors";
import { checkEdit } from "@/lib/domain/instruction-checks";
import { classifyInstruction } from "@/lib/domain/instruction-classifier";
import { runConfigSchema } from "@/lib/domain/run-config";
import { objectOfTexts } from "@/lib/instructions/choose-object/object-of-texts";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { giveToStage, nextOrdinal } from "./commit-edits";
import { enqueueEdits } from "./enqueue-pending";
import { humanMaskOf } from "./human-mask";
import { lockStages } from "./lock-stages";

export interface RequeueInput {
  editId: string;
  instruction?: string | undefined;
  sourceCaption?: string | undefined;
  targetCaption?: string | undefined;
  /** A mask that a person drew; the new edit then goes through Stage III and repaints only there. */
  maskId?: string | undefined;
}

/**
 * Sends an edit back to be drawn again in the same run, as a new edit: with other texts, with a drawn mask, or only
 * with other noise. What was made of the old one stays as it is. A finished run runs again until the new one is done.
 * @returns the id of the new edit, which is pending and enqueued
 */
export async function requeueEdit(context: Context, input: RequeueInput): Promise<string> {
  requireAbility(context, "review");
  const { studio, caller } = context;
  return inTransaction(studio.db, (tx) => requeueEditIn(tx, studio.queue, caller.projectId, input));
}

/** `requeueEdit` inside a transaction of the caller's, which has checked what the caller may do. */
export async function requeueEditIn(
  tx: Transaction,
  queue: Context["studio"]["queue"],
  projectId: string,
  input: RequeueInput,
): Promise<string> {
  const old = await tx.edit.findFirst({
    where: { id: input.editId, projectId },
    include: { anchor: true, run: true },
  });
  if (!old) throw new UserError("not-found", "There is no such edit.", "editId");
  if (old.anchor.withdrawnAt) {
    throw new UserError("conflict", "The anchor was withdrawn, so nothing more is made from it.", "editId");
  }
  const texts = textsOf(old, input);
  const sameInstruction = texts.instruction === old.instruction;
  const editType = sameInstruction ? (old.editType as EditType) : classifyInstruction(texts.instruction);
  const config = runConfigSchema.parse(old.run.config);

  await lockStages(tx, old.runId);
  await resumeRun(tx, old.runId);
  const guideMaskId = input.maskId
    ? await maskFor(tx, old, input.maskId)
    : ((await humanMaskOf(tx, old))?.id ?? null);
  const ordinal = await nextOrdinal(tx, old.runId, old.anchorId);
  const key = `${old.anchor.originalSha}/${ordinal}`;
  // A mask is there to be used, whatever the run does with other edits.
  const stage = guideMaskId ? ("region" as const) : (stageOfEdit(config, { editType, key }) ?? "freeForm");
  const edit = await tx.edit.create({
    data: {
      projectId,
      runId: old.runId,
      anchorId: old.anchorId,
      ordinal,
      ...texts,
      editType,
      editObject: objectOfTexts(old, { ...texts, editType }),
      provenance: old.provenance ?? {},
      stage,
      parentId: old.id,
      guideMaskId,
    },
    select: { id: true },
  });
  await giveToStage(tx, old.runId, stage, [editType]);
  await addToCounters(tx, projectId, { edits: 1 });
  await enqueueEdits(tx, queue, old.runId, [edit.id]);
  await notify(tx, { topic: "runs", id: old.runId });
  return edit.id;
}

function textsOf(
  old: { sourceCaption: string; instruction: string; targetCaption: string },
  input: RequeueInput,
) {
  const { text, problems } = checkEdit({
    sourceCaption: input.sourceCaption ?? old.sourceCaption,
    instruction: input.instruction ?? old.instruction,
    targetCaption: input.targetCaption ?? old.targetCaption,
  });
  const error = problems.find(({ severity }) => severity === "error");
  if (error) throw new UserError("bad-input", error.message, error.field);
  return text;
}

/** A run that has ended goes on for the new edit; a paused one stays paused. */
async function resumeRun(tx: Transaction, runId: string): Promise<void> {
  const { state } = await tx.run.findUniqueOrThrow({ where: { id: runId }, select: { state: true } });
  if (state === "cancelled") {
    throw new UserError(
      "conflict",
      "The edit's run was cancelled, so nothing is drawn in it any more.",
      "editId",
    );
  }
  if (state !== "succeeded" && state !== "failed") return;
  await tx.run.updateMany({
    where: { id: runId, state },
    data: { state: "running", finishedAt: null, message: null, version: { increment: 1 } },
  });
}

async function maskFor(
  tx: Transaction,
  edit: { id: string; anchor: { imageSha: string } },
  maskId: string,
): Promise<string> {
  const mask = await tx.mask.findUnique({ where: { id: maskId } });
  const onRender =
    mask &&
    (await tx.candidate.count({ where: { editId: edit.id, render: { imageSha: mask.imageSha } }, take: 1 }));
  if (!mask || (mask.imageSha !== edit.anchor.imageSha && !onRender)) {
    throw new UserError(
      "bad-input",
      "The mask is not drawn on the anchor or a source image of this edit.",
      "maskId",
    );
  }
  return mask.id;
}
