import type { ReviewPurpose } from "@/lib/domain/review/verdict";
import type { Context } from "../context";
import type { Transaction } from "../database/client";

/** Adds a decision to the caller's day, or with `by` −1 takes it off again. */
export async function addToTally(
  tx: Transaction,
  { caller }: Context,
  sampleId: string,
  purpose: ReviewPurpose,
  kind: "approve" | "reject",
  at: Date,
  by: 1 | -1,
): Promise<void> {
  const gold = purpose === "gold" ? await tx.goldAnswer.findUnique({ where: { sampleId } }) : null;
  const [approved, rejected] = kind === "approve" ? [by, 0] : [0, by];
  const seen = gold ? by : 0;
  const agreed = gold?.answer === kind ? by : 0;
  const day = at.toISOString().slice(0, 10);
  await tx.$executeRaw`
    INSERT INTO review_tallies (project_id, member_id, day, approved, rejected, gold_seen, gold_agreed)
    VALUES (${caller.projectId}::uuid, ${caller.memberId}::uuid, ${day}::date, ${approved}, ${rejected}, ${seen}, ${agreed})
    ON CONFLICT (project_id, member_id, day) DO UPDATE SET
      approved = review_tallies.approved + EXCLUDED.approved,
      rejected = review_tallies.rejected + EXCLUDED.rejected,
      gold_seen = review_tallies.gold_seen + EXCLUDED.gold_seen,
      gold_agreed = review_tallies.gold_agreed + EXCLUDED.gold_agreed`;
}
