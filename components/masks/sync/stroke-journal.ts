import { committed, type JournalHead, openJournalDatabase, request } from "./journal-database";

/** A rectangle of the mask as a stroke left it: row by row, one byte a pixel. Pixels of the image. */
export interface Patch {
  x: number;
  y: number;
  width: number;
  height: number;
  data: Uint8Array;
}

/** The mask that patches are laid on: a revision of this sitting and the server's version it belongs to. */
export interface JournalBase {
  version: number;
  revision: number;
  /** PNG; null for an empty mask. */
  png: Uint8Array | null;
}

/** Strokes of a sitting at a region that the server has not taken. */
export interface UnsentWork {
  session: string;
  width: number;
  height: number;
  /** When the last stroke was made, ms. */
  updatedAt: number;
  base: JournalBase;
  /** In the order in which they were made. */
  patches: Patch[];
}

export interface StrokeJournal {
  /** Stores a finished stroke. Resolves once a killed tab would not lose it. */
  keep(revision: number, patch: Patch): Promise<void>;
  /** Replaces the base; patches up to its revision are part of it and go. `saved`: the server has it too. */
  rebase(base: JournalBase, options: { saved: boolean }): Promise<void>;
  /** Forgets this sitting, or another one of the region. */
  forget(session?: string): Promise<void>;
  /** The region's unsent work of sittings that have ended, newest first. */
  unsent(): Promise<UnsentWork[]>;
  /** Lets another sitting take over what is unsent. */
  close(): void;
}

interface JournalOptions {
  regionId: string;
  width: number;
  height: number;
  base: JournalBase;
  now: () => number;
}

/**
 * This sitting's strokes at one region, in IndexedDB. Each sitting (an open tab) writes its own, so that two tabs
 * cannot mix theirs; a lock that the browser frees when the tab dies tells which sittings have ended.
 */
export async function openStrokeJournal(options: JournalOptions): Promise<StrokeJournal> {
  const { regionId, width, height, now } = options;
  const database = await openJournalDatabase();
  const session = crypto.randomUUID();
  const release = await holdLock(lockName(session));
  const key = `${regionId}/${session}`;
  let head: JournalHead = {
    key,
    regionId,
    session,
    width,
    height,
    version: options.base.version,
    baseRevision: options.base.revision,
    revision: options.base.revision,
    savedRevision: options.base.revision,
    updatedAt: now(),
  };
  let begun = false;

  const patchesOf = (owner: string, upTo = Number.MAX_SAFE_INTEGER) =>
    IDBKeyRange.bound([owner, -1], [owner, upTo]);

  async function forget(owner: string): Promise<void> {
    const transaction = database.transaction(["heads", "bases", "patches"], "readwrite");
    transaction.objectStore("heads").delete(owner);
    transaction.objectStore("bases").delete(owner);
    transaction.objectStore("patches").delete(patchesOf(owner));
    await committed(transaction);
  }

  return {
    async keep(revision, patch) {
      // The base is written with the first stroke: who only looks leaves nothing behind.
      const transaction = database.transaction(["heads", "bases", "patches"], "readwrite");
      head = { ...head, revision, updatedAt: now() };
      if (!begun) transaction.objectStore("bases").put(options.base.png, key);
      transaction.objectStore("heads").put(head);
      transaction.objectStore("patches").put(patch, [key, revision]);
      await committed(transaction);
      begun = true;
    },
    async rebase(base, { saved }) {
      // A picture that took long to make can be older than what stands here by now.
      if (base.revision < head.baseRevision) return;
      const transaction = database.transaction(["heads", "bases", "patches"], "readwrite");
      head = {
        ...head,
        version: base.version,
        baseRevision: base.revision,
        revision: Math.max(head.revision, base.revision),
        savedRevision: saved ? base.revision : head.savedRevision,
      };
      transaction.objectStore("bases").put(base.png, key);
      transaction.objectStore("heads").put(head);
      transaction.objectStore("patches").delete(patchesOf(key, base.revision));
      await committed(transaction);
      begun = true;
    },
    forget: (other) => forget(other ? `${regionId}/${other}` : key),
    async unsent() {
      const transaction = database.transaction(["heads", "bases", "patches"], "readonly");
      const heads = await request<JournalHead[]>(
        transaction.objectStore("heads").index("regionId").getAll(regionId),
      );
      const found: (UnsentWork & { done: boolean })[] = [];
      for (const other of heads) {
        if (other.session === session) continue;
        const png = await request<Uint8Array | null>(transaction.objectStore("bases").get(other.key));
        const patches = await request<Patch[]>(
          transaction.objectStore("patches").getAll(patchesOf(other.key)),
        );
        found.push({
          done: other.savedRevision >= other.revision,
          session: other.session,
          width: other.width,
          height: other.height,
          updatedAt: other.updatedAt,
          base: { version: other.version, revision: other.baseRevision, png: png ?? null },
          patches,
        });
      }
      const ended: UnsentWork[] = [];
      for (const { done, ...work } of found) {
        if (await isHeld(lockName(work.session))) continue;
        if (!done) ended.push(work);
        else await forget(`${regionId}/${work.session}`);
      }
      return ended.sort((a, b) => b.updatedAt - a.updatedAt);
    },
    close() {
      release();
      database.close();
    },
  };
}

const lockName = (session: string) => `pentimento-mask-sitting/${session}`;

/** Holds a lock until the returned function is called or the tab ends. Without the API, every sitting has ended. */
function holdLock(name: string): Promise<() => void> {
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    void navigator.locks.request(name, () => new Promise<void>((release) => resolve(release)));
  });
}

async function isHeld(name: string): Promise<boolean> {
  if (!navigator.locks) return false;
  const { held } = await navigator.locks.query();
  return held?.some((lock) => lock.name === name) ?? false;
}
