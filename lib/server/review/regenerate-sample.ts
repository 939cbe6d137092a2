import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { requeueEditIn } from "../runs/requeue-edit";
import type { SampleTexts } from "./change-texts";
import { recordDecision } from "./record-decision";

/**
 * Rejects the sample and has its edit drawn again with these texts, and with the mask that a person gave the sample,
 * in the same run. Both happen or neither.
 */
export async function regenerateSample(
  context: Context,
  {
    id,
    textRevision,
    maskRevision,
    ...texts
  }: SampleTexts & { id: string; textRevision: number; maskRevision: number },
): Promise<{ editId: string }> {
  requireAbility(context, "review");
  const { studio, caller } = context;
  return inTransaction(studio.db, async (tx) => {
    const sample = await recordDecision(tx, context, {
      sampleId: id,
      kind: "reject",
      reasons: [],
      note: "Drawn again with changes.",
      textRevision,
      maskRevision,
    });
    const candidate = await tx.candidate.findUniqueOrThrow({
      where: { id: sample.candidateId },
      select: { editId: true, maskId: true },
    });
    const maskId = sample.maskId !== candidate.maskId ? (sample.maskId ?? undefined) : undefined;
    const editId = await requeueEditIn(tx, studio.queue, caller.projectId, {
      editId: candidate.editId,
      ...texts,
      maskId,
    });
    await tx.sampleEvent.create({
      data: {
        sampleId: id,
        actorId: caller.memberId,
        kind: "regenerated",
        data: { note: texts.instruction, editId },
      },
    });
    return { editId };
  });
}
