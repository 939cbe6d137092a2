/** Decisions further apart than this were not one sitting. */
const restMs = 60_000;
const windowSize = 30;

/** Decisions a minute over the last ones, without the time away from the desk; null before the third. */
export function decisionsPerMinute(decidedAt: readonly number[]): number | null {
  const recent = decidedAt.slice(-windowSize);
  const gaps = recent.slice(1).map((time, index) => time - recent[index]!);
  const worked = gaps.filter((gap) => gap < restMs);
  if (worked.length < 2) return null;
  return (
    (60_000 * worked.length) /
    Math.max(
      1,
      worked.reduce((sum, gap) => sum + gap, 0),
    )
  );
}
