import type { RegionView } from "@/lib/api/contract/masks";
import type { MaskImage, PixelBox } from "@/lib/domain/image";
import { cutPatch } from "./lay-patches";
import type { SaveAnswer, SaveRequest } from "./save-mask";
import type { StrokeJournal } from "./stroke-journal";
import { openedAt, reduceSync, type SyncEvent, type SyncState, sendAt } from "./sync-state";

/** Turns masks into PNG files and back, off the main thread. */
export interface MaskCodec {
  encode(mask: MaskImage): Promise<Uint8Array<ArrayBuffer>>;
  decode(png: Uint8Array): Promise<MaskImage>;
}

export interface MaskSyncOptions {
  region: RegionView;
  /** The mask on screen, live: read at once and not kept. */
  read(): MaskImage;
  /** Where strokes are kept at once; null if this browser stores nothing. */
  journal: StrokeJournal | null;
  codec: MaskCodec;
  save(request: SaveRequest): Promise<SaveAnswer>;
  now(): number;
  /** The version that the mask on screen is based on; the region's by default. */
  version?: number;
  /** The first stroke is kept with the whole mask: what is on screen is not the journal's base. */
  keepWhole?: boolean;
}

export interface MaskSync {
  state(): SyncState;
  /** The region as the server last told it; in a conflict, as the other has left it. */
  region(): RegionView;
  subscribe(listener: () => void): () => void;
  /** The mask changed inside `dirty`: kept on this computer at once, sent to the server a little later. */
  stroke(revision: number, dirty: PixelBox): void;
  /** Asks the server at once instead of at the next appointed time. */
  tryNow(): void;
  /**
   * After a conflict: what is on screen now goes over the other's version. With `same` it equals that version,
   * which `png` holds.
   */
  resolve(choice: { same: false } | { same: true; png: Uint8Array | null }): void;
  /** The region moved to another version without a change of the mask (finished, restored). */
  adopt(region: RegionView): void;
  /** Resolves when the server has every stroke; rejects once a person has to do something about it. */
  settled(): Promise<RegionView>;
  /** The editor goes on to another mask: this one stays as it is. */
  detach(): void;
  /** Ends the sitting. What the server has not taken stays on this computer. */
  close(): void;
}

/** Beyond this, kept strokes are folded into one picture, bytes. */
const foldAt = 64_000_000;

/** Keeps one mask in this browser's storage and on the server while a person draws. */
export function createMaskSync(options: MaskSyncOptions): MaskSync {
  const { journal, codec, now } = options;
  let read = options.read;
  let region = options.region;
  let state = openedAt(options.version ?? region.version);
  let saveId = crypto.randomUUID();
  let saveIdRevision = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keptBytes = 0;
  /** A stroke could not be kept: the next one must be kept with the whole mask. */
  let holed = journal === null || options.keepWhole === true;
  let closed = false;
  /** Journal writes follow each other; a picture of the mask must not overtake a stroke. */
  let keeping: Promise<void> = Promise.resolve();
  const listeners = new Set<() => void>();

  function dispatch(event: SyncEvent): void {
    const before = state;
    state = reduceSync(state, event);
    if (state === before) return;
    plan();
    for (const listener of [...listeners]) listener();
  }

  function plan(): void {
    clearTimeout(timer);
    const at = sendAt(state);
    if (at !== null && !closed) timer = setTimeout(() => void send(), Math.max(0, at - now()));
  }

  async function send(): Promise<void> {
    dispatch({ type: "send" });
    if (state.sending.kind !== "sending") return;
    const { revision } = state.sending;
    if (saveIdRevision !== revision) {
      saveId = crypto.randomUUID();
      saveIdRevision = revision;
    }
    const mask = copy(read());
    let png: Uint8Array<ArrayBuffer>;
    try {
      png = await codec.encode(mask);
    } catch (error) {
      const reason = `This browser could not write it as a PNG (${messageOf(error)}).`;
      return dispatch({ type: "failed", failure: { kind: "refused", reason }, now: now() });
    }
    const answer = await options.save({ regionId: region.id, version: state.version, saveId, png });
    if (answer.kind === "saved") {
      region = answer.region;
      dispatch({ type: "saved", version: region.version, now: now() });
      keepSaved(revision, png);
    } else if (answer.kind === "conflict") {
      region = answer.region;
      const failure = { kind: "conflict", theirs: region.version } as const;
      dispatch({ type: "failed", failure, now: now() });
    } else {
      dispatch({ type: "failed", failure: answer, now: now() });
    }
  }

  function write(work: (to: StrokeJournal) => Promise<void>, revision: number): void {
    if (!journal) {
      dispatch({ type: "keep-failed", reason: "it allows no storage" });
      return;
    }
    keeping = keeping
      .then(() => work(journal))
      .then(
        () => dispatch({ type: "kept", revision }),
        (error: unknown) => {
          holed = true;
          dispatch({ type: "keep-failed", reason: messageOf(error) });
        },
      );
  }

  /** The server has `png` as the mask of `revision`. */
  function keepSaved(revision: number, png: Uint8Array | null): void {
    keptBytes = 0;
    if (revision === state.revision) holed = journal === null;
    const { version } = state;
    write((to) => to.rebase({ version, revision, png }, { saved: true }), revision);
  }

  /** Keeps the whole mask as one picture, in place of its strokes. Strokes meanwhile are kept as ever. */
  function fold(): void {
    keptBytes = 0;
    holed = journal === null;
    const { revision } = state;
    codec.encode(copy(read())).then(
      (png) =>
        write((to) => to.rebase({ version: state.version, revision, png }, { saved: false }), revision),
      (error: unknown) => {
        holed = true;
        dispatch({ type: "keep-failed", reason: messageOf(error) });
      },
    );
  }

  function detach(): void {
    // An editor that opens another document leaves the bytes of this one alone: no copy is needed.
    const mask = read();
    read = () => mask;
  }

  return {
    state: () => state,
    region: () => region,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stroke(revision, dirty) {
      dispatch({ type: "stroke", revision, now: now() });
      if (holed && journal) return fold();
      const patch = cutPatch(read(), dirty);
      keptBytes += patch.data.length;
      write((to) => to.keep(revision, patch), revision);
      if (keptBytes > foldAt) fold();
    },
    tryNow: () => dispatch({ type: "try-now", now: now() }),
    resolve(choice) {
      const { version } = region;
      dispatch({ type: "resolved", version, same: choice.same, now: now() });
      if (choice.same) keepSaved(state.revision, choice.png);
      else fold();
    },
    adopt(changed) {
      region = changed;
      state = { ...state, version: Math.max(state.version, changed.version) };
      for (const listener of [...listeners]) listener();
    },
    settled() {
      return new Promise((resolve, reject) => {
        const look = () => {
          const { kind } = state.sending;
          if (state.revision === state.savedRevision && kind === "idle") resolve(region);
          else if (kind === "conflict" || kind === "signed-out" || kind === "refused") {
            reject(new Error(`The mask is not on the server yet: ${kind}.`));
          } else return;
          listeners.delete(look);
        };
        listeners.add(look);
        if (state.sending.kind === "gathering") dispatch({ type: "try-now", now: now() });
        look();
      });
    },
    detach,
    close() {
      if (closed) return;
      detach();
      // The last strokes leave at once; their answer is waited for, so that the next sitting does not take them
      // for unsent.
      if (state.sending.kind === "gathering") void send();
      closed = true;
      clearTimeout(timer);
      const end = () => {
        if (state.sending.kind === "sending") return;
        listeners.delete(end);
        const done = state.revision === state.savedRevision;
        void keeping.then(async () => {
          if (done) await journal?.forget().catch(() => {});
          journal?.close();
        });
      };
      listeners.add(end);
      end();
    },
  };
}

function copy({ width, height, data }: MaskImage): MaskImage {
  return { width, height, data: data.slice() };
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message ? error.message : "no reason given";
}
