import type { RegionView } from "@/lib/api/contract/masks";

/** What a supply hands out: a region with everything that its desk needs (`Sitting`). */
interface Opened {
  region: RegionView;
}

export interface SupplyApi<S extends Opened> {
  /** Leases the next regions that are not in `exclude`; `takeOver` takes also what the person's other windows hold. */
  next(
    exclude: string[],
    limit: number,
    takeOver: boolean,
  ): Promise<{ items: RegionView[]; leaseSeconds: number; elsewhere: number }>;
  open(region: RegionView, signal: AbortSignal): Promise<S>;
  /** Frees what `open` made. */
  close(opened: S): void;
  /** `lost` are those that other windows have, `yours` which of them a window of the same person. */
  renew(ids: string[]): Promise<{ lost: string[]; yours: string[] }>;
  /** Leases a region that another window has. */
  claim(id: string): Promise<RegionView>;
  release(ids: string[]): Promise<unknown>;
  /** Calls back when what is shown has been painted: fetching more must not slow that down. */
  afterPaint(work: () => void): void;
}

/** Who has the region on screen now, where this window does not. */
export type Lost = "you" | "others" | null;

export type SupplyState<S extends Opened> =
  | { kind: "loading"; current: null }
  | { kind: "open"; current: S; ready: number; lost: Lost }
  /** Nothing waits on the server but what the person's other windows hold. */
  | { kind: "empty"; current: null; elsewhere: number }
  | { kind: "problem"; current: null; error: unknown };

export interface RegionSupply<S extends Opened> {
  state(): SupplyState<S>;
  subscribe(listener: () => void): () => void;
  /** Shows the next region: at once if it is ready. The caller has taken over what the last one still needs. */
  advance(): void;
  /** Asks the server again after an empty queue or a problem. */
  retry(): void;
  /** Brings here what the person's other windows hold: the region on screen, or those of the queue. */
  takeOver(): Promise<void>;
  /** Puts a region on screen before those that wait, which stay ready. The caller has taken over the one before. */
  insert(opened: S): void;
  /** A region that was handed out may come again. */
  again(id: string): void;
  close(): void;
}

/** Regions kept ready, decoded and leased, behind the one on screen. */
const ahead = 2;
/** Leases are renewed this many times in their length. */
const renewals = 3;

/** Regions one after the other, the next ones fetched and decoded before they are needed. */
export function createRegionSupply<S extends Opened>(api: SupplyApi<S>): RegionSupply<S> {
  let state: SupplyState<S> = { kind: "loading", current: null };
  const ready: S[] = [];
  /** Regions handed out in this sitting: never handed out twice. */
  const seen = new Set<string>();
  const listeners = new Set<() => void>();
  const aborter = new AbortController();
  let filling = false;
  let renewal: ReturnType<typeof setInterval> | undefined;

  function set(next: SupplyState<S>): void {
    state = next;
    for (const listener of [...listeners]) listener();
  }
  function show(opened: S): void {
    const { holder } = opened.region;
    const lost = holder?.you && !holder.mine ? "you" : null;
    set({ kind: "open", current: opened, ready: ready.length, lost });
  }
  const leased = () => [...(state.current ? [state.current] : []), ...ready].map(({ region }) => region.id);

  async function fill(takeOver = false): Promise<void> {
    if (filling) return;
    filling = true;
    try {
      while (!aborter.signal.aborted && ready.length < ahead) {
        // The latest ones are enough: those before are finished or skipped.
        const { items, leaseSeconds, elsewhere } = await api.next([...seen].slice(-50), 1, takeOver);
        renewal ??= setInterval(renew, (leaseSeconds * 1000) / renewals);
        const region = items.find(({ id }) => !seen.has(id));
        if (!region) {
          if (!state.current) set({ kind: "empty", current: null, elsewhere });
          return;
        }
        seen.add(region.id);
        const opened = await api.open(region, aborter.signal);
        if (aborter.signal.aborted) return api.close(opened);
        if (state.current) {
          ready.push(opened);
          if (state.kind === "open") set({ ...state, ready: ready.length });
        } else show(opened);
      }
    } catch (error) {
      if (!state.current && !aborter.signal.aborted) set({ kind: "problem", current: null, error });
    } finally {
      filling = false;
    }
  }

  async function renew(): Promise<void> {
    const ids = leased();
    if (ids.length === 0) return;
    // A server that is down for a while takes nothing away: the lease is asked for again at the next turn.
    const answer = await api.renew(ids).catch(() => null);
    if (!answer) return;
    const { lost, yours } = answer;
    for (const gone of ready.filter(({ region }) => lost.includes(region.id))) {
      ready.splice(ready.indexOf(gone), 1);
      api.close(gone);
    }
    if (state.kind === "open") {
      const { id } = state.current.region;
      const now = !lost.includes(id) ? null : yours.includes(id) ? "you" : "others";
      if (now !== state.lost || ready.length !== state.ready)
        set({ ...state, ready: ready.length, lost: now });
    }
    if (lost.length > 0) void fill();
  }

  void fill();
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    advance() {
      const next = ready.shift();
      if (next) show(next);
      else set({ kind: "loading", current: null });
      if (next) api.afterPaint(() => void fill());
      else void fill();
    },
    retry() {
      seen.clear();
      for (const id of leased()) seen.add(id);
      if (!state.current) set({ kind: "loading", current: null });
      void fill();
    },
    async takeOver() {
      if (state.kind !== "open") {
        seen.clear();
        set({ kind: "loading", current: null });
        return fill(true);
      }
      const { current } = state;
      await api.claim(current.region.id);
      if (state.kind === "open" && state.current === current) set({ ...state, lost: null });
    },
    insert(opened) {
      seen.add(opened.region.id);
      show(opened);
    },
    again(id) {
      seen.delete(id);
      void fill();
    },
    close() {
      aborter.abort();
      clearInterval(renewal);
      const ids = leased();
      for (const opened of ready.splice(0)) api.close(opened);
      if (ids.length > 0) void api.release(ids).catch(() => {});
    },
  };
}
