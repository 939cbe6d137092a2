import type { Transaction } from "../database/client";

/** Makes the reviewer's other claims wait until this transaction ends. */
export async function lockReviewer(tx: Transaction, memberId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('review ' || ${memberId}, 0))`;
}
