import { UserError } from "@/lib/domain/errors";
import type { ReviewPurpose } from "@/lib/domain/review/verdict";
import { type Context, mayDo } from "../context";
import type { Transaction } from "../database/client";
import { uuid7 } from "../uuid7";
import { type CastRole, castRole, type OwnAssignment } from "./cast-role";
import { loadFacts } from "./facts";
import { type LockedSample, lockSample } from "./lock-sample";
import { requireReasons } from "./reject-reasons";
import { settleWith } from "./settle-sample";
import { addToTally } from "./tally";

export interface NewDecision {
  sampleId: string;
  kind: "approve" | "reject";
  reasons: string[];
  note?: string | undefined;
  elapsedMs?: number | undefined;
  /** A curator's word that holds whatever others vote. */
  overrule?: boolean;
  /** The revisions that the reviewer saw; what is absent is not checked. */
  textRevision?: number | undefined;
  maskRevision?: number | undefined;
  /** The version of the whole sample that the reviewer saw. */
  version?: number | undefined;
}

/** Appends the caller's decision and brings the sample's state in line, all in this transaction. */
export async function recordDecision(
  tx: Transaction,
  context: Context,
  input: NewDecision,
): Promise<LockedSample> {
  const { projectId, memberId } = context.caller;
  if (input.kind === "approve" && input.reasons.length > 0) {
    throw new UserError("bad-input", "An approval takes no reasons for rejecting.", "reasons");
  }
  const { sample, ticket } = await lockSample(tx, projectId, input.sampleId);
  requireSeen(sample, input);
  await requireReasons(tx, projectId, input.reasons);
  const facts = await loadFacts(tx, projectId, sample.id, memberId);
  const { own, ballots } = facts;
  const role: CastRole =
    input.overrule && mayDo(context, "curate") && own?.purpose !== "gold"
      ? { purpose: "override" }
      : castRole({
          sample,
          ticket,
          own,
          mayCurate: mayDo(context, "curate"),
          reviewersPerSample: facts.reviewersPerSample,
          kind: input.kind,
          others: facts.others,
        });
  const assignmentId = await finishAssignment(tx, context, sample, own, role);
  const id = uuid7();
  // A page left open for a month is no measurement, and does not fit the column.
  const elapsedMs = input.elapsedMs === undefined ? null : Math.min(input.elapsedMs, 2 ** 31 - 1);
  await tx.$executeRaw`
    INSERT INTO decisions (id, sample_id, actor_id, assignment_id, purpose, kind, reasons, note, text_revision,
      mask_revision, mask_id, elapsed_ms, created_at)
    VALUES (${id}::uuid, ${sample.id}::uuid, ${memberId}::uuid, ${assignmentId}::uuid,
      ${role.purpose}::review_purpose, ${input.kind}::decision_kind, ${[...new Set(input.reasons)]}::text[],
      ${input.note || null}, ${sample.textRevision}, ${sample.maskRevision}, ${sample.maskId}::uuid, ${elapsedMs},
      clock_timestamp())`;
  await addToTally(tx, context, sample.id, role.purpose, input.kind, new Date(), 1);
  if (role.purpose !== "gold") {
    const cast = { id, actorId: memberId, kind: input.kind, purpose: role.purpose, undoesId: null };
    await settleWith(tx, projectId, sample, facts.reviewersPerSample, [...ballots, cast]);
  }
  return sample;
}

function requireSeen(sample: LockedSample, { textRevision, maskRevision, version }: NewDecision): void {
  const changed = (what: string) =>
    new UserError(
      "conflict",
      `${what} of this sample changed while you looked at it. Nothing was decided and your choice is kept: look at it again and send it.`,
      "sampleId",
    );
  if (textRevision !== undefined && textRevision !== sample.textRevision) throw changed("The text");
  if (maskRevision !== undefined && maskRevision !== sample.maskRevision) throw changed("The mask");
  if (version !== undefined && version !== sample.version) {
    throw new UserError(
      "conflict",
      "Somebody else decided on this sample meanwhile; look at it again before you decide.",
      "version",
    );
  }
}

/** The caller's assignment as done, with a slot where the decision takes one. Its id. */
async function finishAssignment(
  tx: Transaction,
  { caller }: Context,
  sample: LockedSample,
  own: OwnAssignment | null,
  { purpose, takeSlot }: CastRole,
): Promise<string> {
  if (takeSlot !== undefined) {
    const bit = takeSlot === 0 ? 32 : 1 << (takeSlot - 1);
    await tx.$executeRaw`UPDATE review_tickets SET slots = slots | ${bit} WHERE sample_id = ${sample.id}::uuid`;
  }
  if (own) {
    // An override leaves the caller's vote and its purpose as they are.
    const kept: ReviewPurpose = purpose === "override" ? own.purpose : purpose;
    await tx.$executeRaw`
      UPDATE assignments SET state = 'done', finished_at = now(), slot = ${takeSlot ?? own.slot},
        purpose = ${kept}::review_purpose WHERE id = ${own.id}::uuid`;
    return own.id;
  }
  const { id } = await tx.assignment.create({
    data: {
      projectId: caller.projectId,
      sampleId: sample.id,
      reviewerId: caller.memberId,
      purpose,
      drawOrder: "direct",
      noProbability: "direct",
      textRevision: sample.textRevision,
      maskRevision: sample.maskRevision,
      leaseUntil: new Date(),
      state: "done",
      finishedAt: new Date(),
      ...(takeSlot !== undefined && { slot: takeSlot }),
    },
  });
  return id;
}
