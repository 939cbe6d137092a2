import type { DeskSample } from "@/lib/api/contract/review";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { lockSample } from "./lock-sample";
import { openSample } from "./open-sample";

export interface SampleTexts {
  instruction: string;
  sourceCaption: string;
  targetCaption: string;
}

/** A new revision of the texts, based on the one that the caller saw. The scores become stale; decisions stand. */
export async function editTexts(
  context: Context,
  { id, textRevision, ...input }: SampleTexts & { id: string; textRevision: number },
): Promise<DeskSample> {
  requireAbility(context, "review");
  const texts = {
    instruction: oneLine(input.instruction, "instruction"),
    sourceCaption: oneLine(input.sourceCaption, "sourceCaption"),
    targetCaption: oneLine(input.targetCaption, "targetCaption"),
  };
  await inTransaction(context.studio.db, (tx) => writeRevision(tx, context, id, textRevision, texts, null));
  return openSample(context, { id });
}

/** Brings an earlier revision back, as a new one. */
export async function restoreTexts(
  context: Context,
  { id, textRevision, revision }: { id: string; textRevision: number; revision: number },
): Promise<DeskSample> {
  requireAbility(context, "review");
  await inTransaction(context.studio.db, async (tx) => {
    const old = await tx.sampleText.findUnique({
      where: {
        sampleId_revision: { sampleId: id, revision },
        sample: { projectId: context.caller.projectId },
      },
    });
    if (!old)
      throw new UserError("not-found", `There is no revision ${revision} of these texts.`, "revision");
    const { instruction, sourceCaption, targetCaption } = old;
    await writeRevision(
      tx,
      context,
      id,
      textRevision,
      { instruction, sourceCaption, targetCaption },
      revision,
    );
  });
  return openSample(context, { id });
}

async function writeRevision(
  tx: Transaction,
  { caller }: Context,
  id: string,
  seen: number,
  texts: SampleTexts,
  restores: number | null,
): Promise<void> {
  const { sample } = await lockSample(tx, caller.projectId, id);
  if (sample.textRevision !== seen) {
    throw new UserError(
      "conflict",
      "Somebody changed these texts while you wrote. Yours are kept here: compare them and save again.",
      "textRevision",
    );
  }
  const current = await tx.sample.findUniqueOrThrow({ where: { id } });
  const keys = ["instruction", "sourceCaption", "targetCaption"] as const;
  if (keys.every((key) => current[key] === texts[key])) return;
  if (sample.textRevision === 1) {
    const { instruction, sourceCaption, targetCaption, createdAt } = current;
    await tx.sampleText.createMany({
      data: [{ sampleId: id, revision: 1, instruction, sourceCaption, targetCaption, createdAt }],
      skipDuplicates: true,
    });
  }
  const revision = sample.textRevision + 1;
  await tx.sampleText.create({
    data: { sampleId: id, revision, ...texts, authorId: caller.memberId, restores },
  });
  await tx.sample.update({
    where: { id },
    data: { ...texts, textRevision: revision, version: { increment: 1 } },
  });
  await notify(tx, { topic: "samples", id });
}

/** Pasted text as one line: line ends and control characters become spaces. */
function oneLine(text: string, field: string): string {
  const line = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  if (line === "") throw new UserError("bad-input", "This text holds no readable characters.", field);
  return line;
}
