import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { lockSample } from "./lock-sample";
import { recordDecision } from "./record-decision";

/**
 * Plants a sample with a known answer among what reviewers get. Its own state becomes the answer, as the curator's
 * word. A changed answer counts for what is answered from then on.
 */
export async function plantGold(
  context: Context,
  { sampleId, answer, note }: { sampleId: string; answer: "approve" | "reject"; note?: string | undefined },
) {
  requireAbility(context, "curate");
  const { projectId, memberId } = context.caller;
  await inTransaction(context.studio.db, async (tx) => {
    const { sample } = await lockSample(tx, projectId, sampleId);
    if (sample.state !== (answer === "approve" ? "approved" : "rejected")) {
      await recordDecision(tx, context, { sampleId, kind: answer, reasons: [], note, overrule: true });
    }
    const data = { answer, note: note || null, authorId: memberId, retiredAt: null };
    await tx.goldAnswer.upsert({
      where: { sampleId },
      create: { sampleId, projectId, ...data },
      update: data,
    });
    await tx.sampleEvent.create({
      data: { sampleId, actorId: memberId, kind: "gold", data: { answer, note: note || null } },
    });
    await notify(tx, { topic: "review" });
  });
  return { sampleId };
}

/** Hands a gold sample out no more; what it measured stays. */
export async function retireGold(context: Context, { sampleId }: { sampleId: string }) {
  requireAbility(context, "curate");
  await inTransaction(context.studio.db, async (tx) => {
    const { count } = await tx.goldAnswer.updateMany({
      where: { sampleId, projectId: context.caller.projectId, retiredAt: null },
      data: { retiredAt: new Date() },
    });
    if (count === 0)
      throw new UserError("not-found", "This is no gold sample, or no longer one.", "sampleId");
    await tx.sampleEvent.create({
      data: { sampleId, actorId: context.caller.memberId, kind: "gold-retired" },
    });
    await notify(tx, { topic: "review" });
  });
  return { sampleId };
}

/** The gold samples in use with how many reviewers had them and agreed. */
export async function listGold(
  context: Context,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  requireAbility(context, "curate");
  const rows = await context.studio.db.goldAnswer.findMany({
    where: {
      projectId: context.caller.projectId,
      retiredAt: null,
      ...(cursor && { sampleId: { lt: cursor } }),
    },
    orderBy: { sampleId: "desc" },
    take: limit + 1,
    include: {
      author: { select: { name: true } },
      sample: {
        select: {
          instruction: true,
          decisions: { where: { purpose: "gold" }, select: { id: true, kind: true, undoesId: true } },
        },
      },
    },
  });
  const items = rows.slice(0, limit).map(({ sampleId, answer, note, author, sample }) => {
    const undone = new Set(sample.decisions.map(({ undoesId }) => undoesId));
    const standing = sample.decisions.filter(({ id, kind }) => kind !== "undo" && !undone.has(id));
    return {
      sampleId,
      instruction: sample.instruction,
      answer: answer === "approve" ? ("approve" as const) : ("reject" as const),
      author: author.name,
      note,
      seen: standing.length,
      agreed: standing.filter(({ kind }) => kind === answer).length,
    };
  });
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.sampleId ?? null) : null };
}
