"use client";

import { useEffect, useRef, useState } from "react";
import { errorText } from "@/components/ui/problem";
import { useToasts } from "@/components/ui/toasts";
import { client } from "@/lib/api/client";
import type { ClaimView } from "@/lib/api/contract/review";
import { createDeskClaims } from "../desk-claims";
import type { Decision } from "../review-queue";
import type { QueueKind, ReviewFilter } from "../use-review-queue";

/** What was sent back is answered one by one. */
export type BatchFilter = ReviewFilter & { queue: Exclude<QueueKind, "returned"> };

export const sheetSize = 50;
/** Leases are prolonged this often; they run for minutes. */
const renewMs = 60_000;

export interface Cell {
  claim: ClaimView;
  mine: "approve" | "reject" | null;
  saving: boolean;
  /** Why the last decision on it was not taken. */
  refusal: string | null;
}

export interface Sheet {
  cells: readonly Cell[];
  loading: boolean;
  error: unknown;
  /** Sample ids of each action of this and earlier sheets, so that one undo takes one action back. */
  actions: readonly (readonly string[])[];
}

const fresh = { cells: [], loading: true, error: null };

/** A sheet of claimed samples that are decided many at a time. */
export function useBatch(filter: BatchFilter) {
  const toasts = useToasts();
  const [claims] = useState(createDeskClaims);
  const [sheet, setSheet] = useState<Sheet>({ ...fresh, actions: [] });
  const latest = useRef(sheet);
  latest.current = sheet;
  const shownAt = useRef(Date.now());
  /** Counts the sheets asked for: only the last one is shown. */
  const loads = useRef(0);

  const giveBackOpen = async () => {
    const open = latest.current.cells.filter(({ mine }) => mine === null);
    const assignmentIds = open.map(({ claim }) => claim.assignmentId);
    for (const id of claims.held()) claims.drop(id);
    if (assignmentIds.length > 0) await client.review.release({ assignmentIds });
  };

  const load = async () => {
    const turn = ++loads.current;
    setSheet((now) => ({ ...now, ...fresh }));
    try {
      await giveBackOpen();
      const { runId, editType, order, blind, queue } = filter;
      const { items } = await client.review.claim({
        ...{ limit: sheetSize, order, blind, purpose: queue },
        // What was just left undecided comes last.
        have: latest.current.cells.map(({ claim }) => claim.sample.id),
        ...(runId && { runId }),
        ...(editType && { editType }),
      });
      if (turn !== loads.current) {
        // A later sheet was asked for meanwhile: these are nobody's.
        await client.review.release({ assignmentIds: items.map(({ assignmentId }) => assignmentId) });
        return;
      }
      claims.hold(items);
      shownAt.current = Date.now();
      const cells = items.map((claim) => ({ claim, mine: null, saving: false, refusal: null }));
      setSheet((now) => ({ ...now, cells, loading: false, error: null }));
    } catch (error) {
      setSheet((now) => ({ ...now, ...fresh, loading: false, error }));
    }
  };
  const reload = useRef(load);
  reload.current = load;

  // The server is the external system: the first sheet, and giving it back.
  useEffect(() => {
    void claims.releaseLeftovers().then(() => reload.current());
    const leave = () => {
      for (const { claim, mine } of latest.current.cells) if (mine) claims.drop(claim.assignmentId);
      claims.releaseAll();
    };
    const timer = setInterval(() => {
      const open = latest.current.cells.flatMap(({ claim, mine }) => (mine ? [] : [claim.assignmentId]));
      if (open.length > 0) client.review.renew({ assignmentIds: open }).catch(() => {});
    }, renewMs);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [claims]);

  const change = (ids: ReadonlySet<string>, how: (cell: Cell) => Cell) =>
    setSheet((now) => ({
      ...now,
      cells: now.cells.map((cell) => (ids.has(cell.claim.sample.id) ? how(cell) : cell)),
    }));

  /** Runs one request for all of them; what is refused is told on its cell and stays as it was. */
  async function settle(
    cells: readonly Cell[],
    request: () => Promise<{ sampleId: string; ok: boolean; message: string | null }[]>,
    mine: Cell["mine"],
  ): Promise<string[]> {
    const before = new Map(cells.map((cell) => [cell.claim.sample.id, cell.mine]));
    const ids = new Set(before.keys());
    change(ids, (cell) => ({ ...cell, mine, saving: true, refusal: null }));
    try {
      const outcomes = new Map((await request()).map((outcome) => [outcome.sampleId, outcome]));
      change(ids, (cell) => {
        const { id } = cell.claim.sample;
        const { ok = false, message = null } = outcomes.get(id) ?? {};
        return { ...cell, saving: false, mine: ok ? mine : (before.get(id) ?? null), refusal: message };
      });
      const done = [...outcomes.values()].filter(({ ok }) => ok).map(({ sampleId }) => sampleId);
      if (done.length < cells.length) {
        toasts.say(`${cells.length - done.length} of ${cells.length} were not taken; their cells say why.`);
      }
      return done;
    } catch (error) {
      change(ids, (cell) => ({
        ...cell,
        saving: false,
        mine: before.get(cell.claim.sample.id) ?? null,
        refusal: errorText(error),
      }));
      toasts.complain(error);
      return [];
    }
  }

  const decide = async (chosen: readonly Cell[], decision: Decision) => {
    const cells = chosen.filter(({ saving }) => !saving);
    if (cells.length === 0) return;
    const elapsedMs = Date.now() - shownAt.current;
    shownAt.current = Date.now();
    const items = cells.map(({ claim: { sample } }) => ({
      sampleId: sample.id,
      textRevision: sample.textRevision,
      maskRevision: sample.maskRevision,
    }));
    const request = () => client.review.decideMany({ items, elapsedMs, ...decision });
    const done = await settle(cells, request, decision.kind);
    if (done.length > 0) setSheet((now) => ({ ...now, actions: [...now.actions, done] }));
  };

  const undo = async () => {
    const last = latest.current.actions.at(-1);
    if (!last) return;
    setSheet((now) => ({ ...now, actions: now.actions.slice(0, -1) }));
    const ids = new Set(last);
    const cells = latest.current.cells.filter(({ claim }) => ids.has(claim.sample.id));
    const request = () => client.review.undoMany({ sampleIds: [...last] });
    const done = await settle(cells, request, null);
    const elsewhere = done.length - cells.length;
    if (elsewhere > 0) toasts.say(`${elsewhere} of an earlier sheet taken back; they wait for you again.`);
  };

  /** What the reader holds in other windows, as a sheet. */
  const takeMine = async () => {
    try {
      const { items } = await client.review.mine();
      const taken = items.slice(0, sheetSize);
      claims.hold(taken);
      shownAt.current = Date.now();
      const cells = taken.map((claim) => ({ claim, mine: null, saving: false, refusal: null }));
      setSheet((now) => ({ ...now, cells, loading: false, error: null }));
    } catch (error) {
      toasts.complain(error);
    }
  };

  return { sheet, load, decide, undo, takeMine };
}
