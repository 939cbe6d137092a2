import type { ClaimView, DeskOutcome, DeskSample } from "@/lib/api/contract/review";

export interface Decision {
  kind: "approve" | "reject";
  /** Keys of the project's reasons. */
  reasons: string[];
  note?: string;
}

/** A sample on the reviewer's desk. */
export interface DeskItem {
  sample: DeskSample;
  /** Absent where the sample was opened without a claim. */
  assignmentId: string | null;
  purpose: ClaimView["purpose"];
  blind: boolean;
  /** The reviewer's verdict, as the server said or is expected to say. */
  mine: "approve" | "reject" | null;
  /** A decision is on its way to the server. */
  saving: boolean;
  /** Left the reviewer's hands in another way: sent back, drawn again. */
  gone: boolean;
}

/** A choice that the server did not take, with its reason. Nothing is lost: it can be sent again. */
export interface KeptChoice {
  sampleId: string;
  instruction: string;
  decision: Decision;
  message: string;
}

export interface DeskState {
  items: readonly DeskItem[];
  /** The sample on screen; `items.length` once all are done. */
  index: number;
  /** Nothing more waits on the server, as far as was asked. */
  exhausted: boolean;
  loading: boolean;
  loadError: unknown;
  /** Samples whose decisions of this sitting can be taken back, the last one last. */
  decided: readonly string[];
  /** When the decisions of this sitting were made, ms. */
  decidedAt: readonly number[];
  kept: readonly KeptChoice[];
}

export interface DecideRequest extends Decision {
  sampleId: string;
  textRevision: number;
  maskRevision: number;
  elapsedMs: number;
}

/** What the desk needs of the API. */
export interface ReviewApi {
  claim(): Promise<{ items: ClaimView[]; exhausted: boolean }>;
  decide(input: DecideRequest): Promise<DeskOutcome>;
  undo(sampleId: string): Promise<DeskOutcome>;
  open(sampleId: string): Promise<DeskSample>;
  /** The reader's running claim on a sample. */
  held(sampleId: string): Promise<ClaimView | null>;
}

interface Hooks {
  /** A decision or its undoing was refused; `show` goes back to that sample, where it is on the desk. */
  onRefused(error: unknown, show: (() => void) | null): void;
  /** The sentence for the person. */
  explain(error: unknown): string;
  now(): number;
  /** Choices kept by an earlier page. */
  kept: readonly KeptChoice[];
  /** Samples that an earlier page of this sitting decided on, the last one last. */
  decided: readonly string[];
}

export interface ReviewQueue {
  subscribe(listener: () => void): () => void;
  state(): DeskState;
  /** Claims what comes after the last sample of the desk. */
  more(): Promise<void>;
  /** The pair of the sample on screen can be seen from now on: the time until its decision counts from here. */
  seen(): void;
  decide(decision: Decision): void;
  undo(): void;
  /** Moves by samples without a decision. */
  move(by: 1 | -1): void;
  show(index: number): void;
  /** Puts the newest form of a sample on the desk. */
  replace(sample: DeskSample): void;
  /** The sample on screen left in another way than by a decision. */
  leave(sampleId: string): void;
  /** The sample on screen was rejected together with something else; undo takes the rejection back. */
  rejected(sampleId: string): void;
  /** Brings claims that the reviewer holds elsewhere to this desk. */
  add(claims: readonly ClaimView[]): void;
  /** Sends a kept choice again, for the sample as it is now. */
  resend(choice: KeptChoice): Promise<void>;
  discard(choice: KeptChoice): void;
}

/** Fewer undecided samples than this ahead: more are claimed. */
const claimAhead = 12;

/**
 * The reviewer's desk: claimed samples in the order of the queue, with decisions shown at once and sent behind the
 * reviewer's back. What the server refuses is restored and told, and the choice is kept. Decisions on one sample are
 * sent one after the other.
 */
export function createReviewQueue(api: ReviewApi, hooks: Hooks): ReviewQueue {
  let state: DeskState = {
    items: [],
    index: 0,
    exhausted: false,
    loading: false,
    loadError: null,
    decided: hooks.decided,
    decidedAt: [],
    kept: hooks.kept,
  };
  let shownAt = hooks.now();
  const listeners = new Set<() => void>();
  /** Sample ids, in the order of their decisions. */
  const decided = [...hooks.decided];
  /** The last request about each sample, so that the next one waits for it. */
  const sending = new Map<string, Promise<void>>();

  function set(change: Partial<DeskState>): void {
    if (change.index !== undefined && change.index !== state.index) shownAt = hooks.now();
    state = { ...state, ...change };
    for (const listener of listeners) listener();
    if (!state.exhausted && !state.loading && !state.loadError) {
      if (state.items.length - state.index < claimAhead) void more();
    }
  }

  async function more(): Promise<void> {
    if (state.loading) return;
    state = { ...state, loading: true, loadError: null };
    try {
      const { items, exhausted } = await api.claim();
      state = { ...state, loading: false, exhausted };
      add(items);
    } catch (error) {
      set({ loading: false, loadError: error });
    }
  }

  function add(claims: readonly ClaimView[]): void {
    const known = new Set(state.items.map(({ sample }) => sample.id));
    const fresh = claims
      .filter(({ sample }) => !known.has(sample.id))
      .map(({ sample, assignmentId, purpose, blind }) => ({
        ...{ sample, assignmentId, purpose, blind },
        ...{ mine: null, saving: false, gone: false },
      }));
    set({ items: [...state.items, ...fresh] });
  }

  const indexOf = (id: string) => state.items.findIndex(({ sample }) => sample.id === id);

  function change(id: string, how: (item: DeskItem) => DeskItem, more: Partial<DeskState> = {}): void {
    set({ ...more, items: state.items.map((item) => (item.sample.id === id ? how(item) : item)) });
  }

  /** Shows `expected` at once, then sends; on refusal the sample is as before and in its newest form. */
  function send(
    id: string,
    expected: DeskItem["mine"],
    request: (sample: DeskSample) => Promise<DeskOutcome>,
    onRefused: (error: unknown) => void,
    more: Partial<DeskState>,
  ): void {
    const before = state.items[indexOf(id)]!;
    change(id, (item) => ({ ...item, saving: true, mine: expected }), more);
    const previous = sending.get(id) ?? Promise.resolve();
    const sent: Promise<void> = previous.then(async () => {
      try {
        const { mine } = await request(state.items[indexOf(id)]!.sample);
        // What the reviewer did meanwhile is still on its way and stays on screen.
        if (sending.get(id) === sent) change(id, (item) => ({ ...item, mine, saving: false }));
      } catch (error) {
        const sample = await api.open(id).catch(() => before.sample);
        onRefused(error);
        change(id, (item) => ({ ...item, sample, mine: before.mine, saving: false }), {
          decided: [...decided],
        });
        hooks.onRefused(error, () => set({ index: indexOf(id) }));
      }
    });
    sending.set(id, sent);
  }

  /** The next sample without a verdict after `from`; the end if there is none. */
  function nextOpen(from: number): number {
    const next = state.items.findIndex((item, at) => at > from && item.mine === null && !item.gone);
    return next === -1 ? state.items.length : next;
  }

  /** Takes back what an earlier page of this sitting decided, and puts the sample on the desk. */
  async function bringBack(id: string): Promise<void> {
    set({ decided: [...decided] });
    try {
      await api.undo(id);
      const claim = await api.held(id);
      const sample = claim?.sample ?? (await api.open(id));
      const { assignmentId = null, purpose = "review", blind = false } = claim ?? {};
      const item = { sample, assignmentId, purpose, blind, mine: null, saving: false, gone: false };
      set({ items: state.items.toSpliced(state.index, 0, item) });
      shownAt = hooks.now();
    } catch (error) {
      hooks.onRefused(error, null);
    }
  }

  const without = (choice: KeptChoice) => state.kept.filter(({ sampleId }) => sampleId !== choice.sampleId);

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    more,
    add,
    seen() {
      shownAt = hooks.now();
    },
    decide(decision) {
      const item = state.items[state.index];
      if (!item || item.gone) return;
      const { id, instruction } = item.sample;
      const elapsedMs = Math.round(hooks.now() - shownAt);
      decided.push(id);
      send(
        id,
        decision.kind,
        ({ textRevision, maskRevision }) =>
          api.decide({ sampleId: id, textRevision, maskRevision, elapsedMs, ...decision }),
        (error) => {
          const at = decided.lastIndexOf(id);
          if (at !== -1) decided.splice(at, 1);
          const choice = { sampleId: id, instruction, decision, message: hooks.explain(error) };
          state = { ...state, kept: [...without(choice), choice] };
        },
        {
          index: nextOpen(state.index),
          decided: [...decided],
          decidedAt: [...state.decidedAt, hooks.now()],
        },
      );
    },
    undo() {
      const id = decided.pop();
      if (id === undefined) return;
      if (indexOf(id) === -1) return void bringBack(id);
      send(
        id,
        null,
        () => api.undo(id),
        () => {},
        { index: indexOf(id), decided: [...decided], decidedAt: state.decidedAt.slice(0, -1) },
      );
    },
    move(by) {
      let index = state.index + by;
      while (state.items[index]?.gone) index += by;
      index = Math.min(state.items.length, Math.max(0, index));
      if (index !== state.index) set({ index });
    },
    show: (index) => set({ index }),
    replace: (sample) => change(sample.id, (item) => ({ ...item, sample })),
    leave(sampleId) {
      const at = indexOf(sampleId);
      change(
        sampleId,
        (item) => ({ ...item, gone: true }),
        at === state.index ? { index: nextOpen(at) } : {},
      );
    },
    rejected(sampleId) {
      decided.push(sampleId);
      const at = indexOf(sampleId);
      change(sampleId, (item) => ({ ...item, mine: "reject" }), {
        decided: [...decided],
        ...(at === state.index && { index: nextOpen(at) }),
      });
    },
    async resend(choice) {
      try {
        const { textRevision, maskRevision } = await api.open(choice.sampleId);
        const { sampleId, decision } = choice;
        const { mine } = await api.decide({
          sampleId,
          textRevision,
          maskRevision,
          elapsedMs: 0,
          ...decision,
        });
        if (indexOf(sampleId) !== -1) decided.push(sampleId);
        change(sampleId, (item) => ({ ...item, mine, saving: false }), {
          kept: without(choice),
          decided: [...decided],
        });
      } catch (error) {
        set({ kept: [...without(choice), { ...choice, message: hooks.explain(error) }] });
      }
    },
    discard: (choice) => set({ kept: without(choice) }),
  };
}
