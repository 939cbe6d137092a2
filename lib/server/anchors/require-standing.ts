import { UserError } from "@/lib/domain/errors";
import type { Transaction } from "../database/client";

/** What is recorded of work on an anchor that was withdrawn meanwhile. */
export function withdrawnError(): UserError {
  return new UserError("conflict", "The anchor was withdrawn, so nothing more is made from it.");
}

/** Throws if the anchor was withdrawn, and keeps it from being withdrawn until the transaction ends. */
export async function requireStanding(tx: Transaction, anchorId: string): Promise<void> {
  const rows = await tx.$queryRaw<{ withdrawn_at: Date | null }[]>`
    SELECT withdrawn_at FROM anchors WHERE id = ${anchorId}::uuid FOR SHARE`;
  if (rows[0]?.withdrawn_at) throw withdrawnError();
}
