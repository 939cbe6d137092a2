/** Where a reviewer's next claim begins: behind the last sample handed out in that order. */
export interface ClaimPosition {
  /** The order's own key: a score, a random number, an edit type; null where ids alone are the order. */
  rank: string | number | null;
  sampleId: string;
}

interface Entry {
  position: ClaimPosition;
  until: number;
}

/** After this long a claim begins at the head again, for what came back meanwhile. */
const keptMs = 60_000;
const limit = 10_000;

// A hint of this process alone: without it a claim would step over all that the reviewer has seen each time.
const cursors = new Map<string, Entry>();

export function readCursor(key: string): ClaimPosition | null {
  const entry = cursors.get(key);
  return entry && entry.until > Date.now() ? entry.position : null;
}

/** Keeps the time of the first write, so that the head is looked at again in time. */
export function writeCursor(key: string, position: ClaimPosition): void {
  const known = cursors.get(key);
  const until = known && known.until > Date.now() ? known.until : Date.now() + keptMs;
  cursors.delete(key);
  cursors.set(key, { position, until });
  const oldest = cursors.keys().next().value;
  if (cursors.size > limit && oldest !== undefined) cursors.delete(oldest);
}

export function dropCursor(key: string): void {
  cursors.delete(key);
}

/** Samples came back to the queue, perhaps before where claims begin. */
export function dropAllCursors(): void {
  cursors.clear();
}
