import { UserError } from "@/lib/domain/errors";
import { standingBallots } from "@/lib/domain/review/verdict";
import { type Context, mayDo } from "../context";
import type { Transaction } from "../database/client";
import { lockSample } from "./lock-sample";
import { loadSettings } from "./review-settings";
import { settleLocked } from "./settle-sample";
import { addToTally } from "./tally";

/**
 * Takes the caller's last standing decision on a sample back; with none, a curator's call takes back the last of
 * all. The sample is in the reviewer's hands again, and decision and undoing stay on record.
 */
export async function takeBack(
  tx: Transaction,
  context: Context,
  { sampleId, version }: { sampleId: string; version?: number | undefined },
): Promise<void> {
  const { projectId, memberId } = context.caller;
  const { sample } = await lockSample(tx, projectId, sampleId);
  if (version !== undefined && version !== sample.version) {
    throw new UserError(
      "conflict",
      "Somebody else decided on this sample meanwhile; look at it again before you undo.",
      "version",
    );
  }
  const decisions = await tx.decision.findMany({
    where: { sampleId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const standing = standingBallots(decisions);
  const last =
    standing.findLast(({ actorId }) => actorId === memberId) ??
    (mayDo(context, "curate") ? standing.findLast(({ purpose }) => purpose !== "gold") : undefined);
  if (!last || last.kind === "undo") {
    throw new UserError("conflict", "There is no decision of yours on this sample to take back.", "sampleId");
  }
  await tx.decision.create({
    data: {
      sampleId,
      actorId: memberId,
      assignmentId: last.assignmentId,
      kind: "undo",
      purpose: last.purpose,
      reasons: [],
      textRevision: sample.textRevision,
      maskRevision: sample.maskRevision,
      maskId: sample.maskId,
      undoesId: last.id,
    },
  });
  if (last.actorId) {
    const author = { ...context, caller: { ...context.caller, memberId: last.actorId } };
    await addToTally(tx, author, sampleId, last.purpose, last.kind, last.createdAt, -1);
  }
  if (last.assignmentId) await reopen(tx, projectId, last.assignmentId, last.actorId === memberId);
  if (last.purpose !== "gold") await settleLocked(tx, projectId, sample);
}

/** The assignment is held once more, by its owner; what others take back is free for anybody. */
async function reopen(tx: Transaction, projectId: string, id: string, own: boolean): Promise<void> {
  const { leaseSeconds } = await loadSettings(tx, projectId);
  const { purpose } = await tx.assignment.findUniqueOrThrow({ where: { id } });
  const standing = standingBallots(
    await tx.decision.findMany({
      where: { assignmentId: id },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  );
  // An earlier word of the same person stands again.
  if (standing.length > 0) return;
  await tx.assignment.update({
    where: { id },
    data:
      own && purpose !== "override"
        ? { state: "held", finishedAt: null, leaseUntil: new Date(Date.now() + leaseSeconds * 1000) }
        : { state: "released", slot: null },
  });
}
