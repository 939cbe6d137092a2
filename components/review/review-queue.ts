import type { SampleView } from "@/lib/api/contract/samples";
import type { RejectReason } from "@/lib/domain/reject-reasons";

export type Decision = { kind: "approve" } | { kind: "reject"; reasons: RejectReason[] };

/** A sample on the reviewer's desk. `sample.state` is what the server has said, or is expected to say. */
export interface DeskItem {
  sample: SampleView;
  /** A decision is on its way to the server. */
  saving: boolean;
}

export interface DeskState {
  items: readonly DeskItem[];
  /** The sample on screen; `items.length` once all are done. */
  index: number;
  /** Nothing more waits on the server, as far as was asked. */
  exhausted: boolean;
  loading: boolean;
  loadError: unknown;
  /** Decisions of this sitting that can be taken back, the last one last. */
  undoable: number;
  /** When the decisions of this sitting were made, ms. */
  decidedAt: readonly number[];
}

/** What the desk needs of the API. */
export interface ReviewApi {
  queue(cursor: string | undefined): Promise<{ items: SampleView[]; nextCursor: string | null }>;
  decide(input: {
    id: string;
    version: number;
    kind: "approve" | "reject";
    reasons: string[];
    elapsedMs: number;
  }): Promise<SampleView>;
  undo(input: { id: string; version: number }): Promise<SampleView>;
  get(id: string): Promise<SampleView>;
}

interface Hooks {
  /** A decision or its undoing was refused; `show` goes back to that sample. */
  onRefused(error: unknown, show: () => void): void;
  now(): number;
}

export interface ReviewQueue {
  subscribe(listener: () => void): () => void;
  state(): DeskState;
  /** Fetches what waits after the last sample of the desk. */
  more(): Promise<void>;
  decide(decision: Decision): void;
  undo(): void;
  /** Moves by samples without a decision. */
  move(by: 1 | -1): void;
  show(index: number): void;
}

/** Fewer undecided samples than this ahead: the next page is fetched. */
const fetchAhead = 12;

const initial: DeskState = {
  items: [],
  index: 0,
  exhausted: false,
  loading: false,
  loadError: null,
  undoable: 0,
  decidedAt: [],
};

/**
 * The reviewer's desk: samples in the order of the queue, with decisions shown at once and sent behind the
 * reviewer's back. What the server refuses is restored and told. Decisions on one sample are sent one after
 * the other.
 */
export function createReviewQueue(api: ReviewApi, hooks: Hooks): ReviewQueue {
  let state = initial;
  let shownAt = hooks.now();
  const listeners = new Set<() => void>();
  /** Sample ids, in the order of their decisions. */
  const decided: string[] = [];
  /** The last request about each sample, so that the next one waits for it. */
  const sending = new Map<string, Promise<void>>();

  function set(change: Partial<DeskState>): void {
    if (change.index !== undefined && change.index !== state.index) shownAt = hooks.now();
    state = { ...state, ...change };
    for (const listener of listeners) listener();
    if (!state.exhausted && !state.loading && !state.loadError) {
      if (state.items.length - state.index < fetchAhead) void more();
    }
  }

  async function more(): Promise<void> {
    if (state.loading) return;
    state = { ...state, loading: true, loadError: null };
    try {
      const page = await api.queue(state.items.at(-1)?.sample.id);
      const items = [...state.items, ...page.items.map((sample) => ({ sample, saving: false }))];
      set({ items, loading: false, exhausted: page.nextCursor === null });
    } catch (error) {
      set({ loading: false, loadError: error });
    }
  }

  const indexOf = (id: string) => state.items.findIndex(({ sample }) => sample.id === id);

  function replace(id: string, change: (item: DeskItem) => DeskItem, more: Partial<DeskState> = {}): void {
    set({ ...more, items: state.items.map((item) => (item.sample.id === id ? change(item) : item)) });
  }

  /** Shows `expected` at once, then sends; on refusal the server's own version of the sample is shown. */
  function send(
    id: string,
    expected: SampleView["state"],
    request: (sample: SampleView) => Promise<SampleView>,
    onRefused: () => void,
    change: Partial<DeskState>,
  ): void {
    const before = state.items[indexOf(id)]!.sample;
    replace(id, (item) => ({ saving: true, sample: { ...item.sample, state: expected } }), change);
    const previous = sending.get(id) ?? Promise.resolve();
    const sent: Promise<void> = previous.then(async () => {
      try {
        const sample = await request(state.items[indexOf(id)]!.sample);
        // What the reviewer did meanwhile is still on its way and stays on screen.
        const last = sending.get(id) === sent;
        replace(id, (item) =>
          last
            ? { sample, saving: false }
            : { sample: { ...sample, state: item.sample.state }, saving: true },
        );
      } catch (error) {
        onRefused();
        const actual = await api.get(id).catch(() => before);
        replace(id, () => ({ sample: actual, saving: false }), { undoable: decided.length });
        hooks.onRefused(error, () => set({ index: indexOf(id) }));
      }
    });
    sending.set(id, sent);
  }

  /** The next sample without a decision after `from`; the end if there is none. */
  function nextOpen(from: number): number {
    const next = state.items.findIndex((item, at) => at > from && item.sample.state === "pending");
    return next === -1 ? state.items.length : next;
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    more,
    decide(decision) {
      const item = state.items[state.index];
      if (!item) return;
      const { id } = item.sample;
      const elapsedMs = Math.round(hooks.now() - shownAt);
      decided.push(id);
      const reasons = decision.kind === "reject" ? decision.reasons : [];
      send(
        id,
        decision.kind === "approve" ? "approved" : "rejected",
        ({ version }) => api.decide({ id, version, kind: decision.kind, reasons, elapsedMs }),
        () => {
          const at = decided.lastIndexOf(id);
          if (at !== -1) decided.splice(at, 1);
        },
        {
          index: nextOpen(state.index),
          undoable: decided.length,
          decidedAt: [...state.decidedAt, hooks.now()],
        },
      );
    },
    undo() {
      const id = decided.pop();
      if (id === undefined) return;
      send(
        id,
        "pending",
        ({ version }) => api.undo({ id, version }),
        () => {},
        { index: indexOf(id), undoable: decided.length, decidedAt: state.decidedAt.slice(0, -1) },
      );
    },
    move(by) {
      const index = Math.min(state.items.length, Math.max(0, state.index + by));
      if (index !== state.index) set({ index });
    },
    show: (index) => set({ index }),
  };
}
