/** Longer than this, the reviewer was away: such times are left out. */
export const longestDecisionMs = 5 * 60_000;

export interface ReviewTime {
  /** Mean seconds of a decision; null where none was measured. */
  readonly seconds: number | null;
  readonly measured: number;
}

/** How long a decision takes, from the times that the reviewers' browsers measured. */
export function reviewTime(elapsedMs: readonly number[]): ReviewTime {
  const kept = elapsedMs.filter((ms) => ms > 0 && ms <= longestDecisionMs);
  if (kept.length === 0) return { seconds: null, measured: 0 };
  return { seconds: kept.reduce((sum, ms) => sum + ms, 0) / kept.length / 1000, measured: kept.length };
}

/** Reviewer hours that `decided` decisions by a policy saved; null where no decision was ever timed. */
export function hoursSaved(
  decided: number,
  reviewersPerSample: number,
  { seconds }: ReviewTime,
): number | null {
  return seconds === null ? null : (decided * reviewersPerSample * seconds) / 3600;
}
