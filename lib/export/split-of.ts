import { createHash } from "node:crypto";
import { UserError } from "@/lib/domain/errors";
import type { SplitName } from "./export-row";
import type { SplitShares } from "./export-types";

export const SPLIT_NAMES = ["train", "validation", "test"] as const satisfies readonly SplitName[];

/**
 * The split of everything made from one anchor: its hash, read as a number in [0,1), against the shares laid end to
 * end. All edits of one image land together, in every export with the same shares, whatever else is exported.
 */
export function splitOf(anchorSha256: string, shares: SplitShares): SplitName {
  // Hashed again, so that the split says nothing about the file's own hash and any key may be given.
  const digest = createHash("sha256").update(`split:${anchorSha256}`).digest();
  const position = digest.readUInt32BE(0) / 2 ** 32;
  let end = 0;
  for (const name of SPLIT_NAMES) {
    end += shares[name] ?? 0;
    if (position < end) return name;
  }
  return SPLIT_NAMES.findLast((name) => (shares[name] ?? 0) > 0) ?? "train";
}

/** Shares must be between 0 and 1, sum to 1, and leave something to train on. */
export function checkShares(shares: SplitShares): void {
  const values = SPLIT_NAMES.map((name) => shares[name] ?? 0);
  const sum = values.reduce((total, share) => total + share, 0);
  if (values.some((share) => !(share >= 0)) || Math.abs(sum - 1) > 1e-6 || !(values[0]! > 0))
    throw new UserError(
      "bad-input",
      `The split shares (${SPLIT_NAMES.map((name) => `${name} ${shares[name] ?? 0}`).join(", ")}) must sum to 1, with some for train.`,
      "splits",
    );
}
