import type { DeskSample } from "@/lib/api/contract/review";
import { UserError } from "@/lib/domain/errors";
import { type Context, mayDo, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { loadDeskSamples } from "./load-desk-samples";
import { lockSample } from "./lock-sample";
import { closeTicket, openTicket } from "./settle-sample";

/**
 * Sends a pending sample back to the person who last wrote its texts, else to who launched its run, else to the
 * project's owner. It leaves the queue until that person answers.
 */
export async function sendBack(
  context: Context,
  { id, note }: { id: string; note: string },
): Promise<{ to: string }> {
  requireAbility(context, "review");
  const { projectId, memberId } = context.caller;
  return inTransaction(context.studio.db, async (tx) => {
    const { sample } = await lockSample(tx, projectId, id);
    if (sample.state !== "pending") {
      throw new UserError("conflict", `It is ${sample.state} already; take the decision back first.`, "id");
    }
    if (sample.returnedToId) throw new UserError("conflict", "Somebody sent it back already.", "id");
    const text = await tx.sampleText.findFirst({
      where: { sampleId: id, authorId: { not: null } },
      orderBy: { revision: "desc" },
      include: { author: true },
    });
    const run = await tx.run.findUniqueOrThrow({ where: { id: sample.runId }, include: { createdBy: true } });
    const to =
      text?.author ??
      run.createdBy ??
      (await tx.member.findFirstOrThrow({ where: { projectId, role: "owner" }, orderBy: { id: "asc" } }));
    const plain = note.replaceAll("\0", "");
    await tx.sample.update({
      where: { id },
      data: { returnedToId: to.id, returnedNote: plain, version: { increment: 1 } },
    });
    await tx.sampleEvent.create({
      data: { sampleId: id, actorId: memberId, kind: "returned", data: { to: to.name, note: plain } },
    });
    await closeTicket(tx, id);
    await notify(tx, { topic: "samples", id });
    await notify(tx, { topic: "review" });
    return { to: to.name };
  });
}

/** The author's answer, or a second thought of who sent it: the sample waits for reviewers again. */
export async function answerReturn(
  context: Context,
  { id, note }: { id: string; note?: string | undefined },
) {
  requireAbility(context, "read");
  const { projectId, memberId } = context.caller;
  await inTransaction(context.studio.db, async (tx) => {
    const { sample } = await lockSample(tx, projectId, id);
    if (sample.returnedToId && sample.returnedToId !== memberId && !mayDo(context, "curate")) {
      const sent = await tx.sampleEvent.findFirst({
        where: { sampleId: id, kind: "returned" },
        orderBy: { id: "desc" },
      });
      // Who sent it may think better of it.
      if (sent?.actorId !== memberId)
        throw new UserError("forbidden", "It was sent back to somebody else.", "id");
    }
    if (!sample.returnedToId) throw new UserError("conflict", "It is in the queue again already.", "id");
    await tx.sample.update({
      where: { id },
      data: { returnedToId: null, returnedNote: null, version: { increment: 1 } },
    });
    await tx.sampleEvent.create({
      data: {
        sampleId: id,
        actorId: memberId,
        kind: "answered",
        data: { note: note?.replaceAll("\0", "") || null },
      },
    });
    if (sample.state === "pending") await openTicket(tx, id, false);
    await notify(tx, { topic: "samples", id });
    await notify(tx, { topic: "review" });
  });
  return { id };
}

/** What was sent back to the caller and nobody has decided on since, newest first. */
export async function listReturned(
  context: Context,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: DeskSample[]; nextCursor: string | null }> {
  requireAbility(context, "read");
  const rows = await context.studio.db.sample.findMany({
    where: {
      returnedToId: context.caller.memberId,
      projectId: context.caller.projectId,
      state: "pending",
      withdrawn: false,
      ...(cursor && { id: { lt: cursor } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
    select: { id: true },
  });
  const ids = rows.slice(0, limit).map(({ id }) => id);
  const samples = await loadDeskSamples(context, ids, false);
  return {
    items: ids.flatMap((id) => samples.get(id) ?? []),
    nextCursor: rows.length > limit ? (ids.at(-1) ?? null) : null,
  };
}
