import type { SampleFilter } from "@/lib/api/contract/curate";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { requireSound } from "../curate/filter-sql";
import { findIds } from "../curate/find-ids";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import type { ImportSpec } from "../imports/import-spec";
import { makeAnchors, type Refused } from "./make-anchors";

export interface StartTurnInput {
  sampleIds?: string[] | undefined;
  /** In place of names: which of the approved samples that do not go on yet. */
  samples?: SampleFilter | undefined;
  runId?: string | undefined;
  limit: number;
}

export interface StartedTurn {
  importId: string | null;
  started: number;
  refused: Refused[];
}

/** Samples in one transaction. */
const pageSize = 200;

/** Makes an anchor of each sample's target, so that the next run can take the edit one turn further. */
export async function startTurn(context: Context, input: StartTurnInput): Promise<StartedTurn> {
  requireAbility(context, "curate");
  const outcome: StartedTurn = { importId: null, started: 0, refused: [] };
  let seen = 0;
  for await (const ids of pagesOf(context, input)) {
    seen += ids.length;
    await inTransaction(context.studio.db, async (tx) => {
      const { made, refused } = await makeAnchors(tx, context.caller.projectId, ids);
      outcome.refused.push(...refused);
      if (made.length === 0) return;
      outcome.started += made.length;
      outcome.importId = await addToImport(tx, context, outcome.importId, made);
    });
  }
  if (seen === 0) {
    throw new UserError(
      "not-found",
      "There is no approved sample to go on from; approve some first.",
      input.sampleIds ? "sampleIds" : "samples",
    );
  }
  return outcome;
}

/** Ids in blocks. Asked for all, those that go on already are left out in silence. */
async function* pagesOf({ studio, caller }: Context, input: StartTurnInput): AsyncGenerator<string[]> {
  const { sampleIds, samples, runId, limit } = input;
  if (sampleIds && (samples || runId)) {
    throw new UserError("bad-input", "Name samples or give a filter, not both.", "samples");
  }
  if (sampleIds) {
    const named = sampleIds.slice(0, limit);
    for (let at = 0; at < named.length; at += pageSize) yield named.slice(at, at + pageSize);
    return;
  }
  const filter: SampleFilter = { ...samples, ...(runId && { runId }), state: "approved", goesOn: false };
  requireSound(filter);
  let left = limit;
  for (let cursor: string | undefined; left > 0; ) {
    const page = await findIds(studio.db, caller.projectId, filter, {
      cursor,
      limit: Math.min(pageSize, left),
    });
    if (page.ids.length > 0) yield page.ids;
    left -= page.ids.length;
    if (!page.nextCursor) return;
    cursor = page.nextCursor;
  }
}

/** What is started together is one import: a run can be launched over it, and it can be taken back. */
async function addToImport(
  tx: Transaction,
  { caller }: Context,
  known: string | null,
  made: readonly string[],
): Promise<string> {
  const { projectId } = caller;
  const spec: ImportSpec = { kind: "turn" };
  const { id } = known
    ? { id: known }
    : await tx.import.create({
        data: {
          projectId,
          source: "Next turn of approved samples",
          spec,
          state: "succeeded",
          finishedAt: new Date(),
        },
      });
  await tx.import.update({ where: { id }, data: { added: { increment: made.length } } });
  await tx.anchor.updateMany({ where: { id: { in: [...made] } }, data: { importId: id } });
  await addToCounters(tx, projectId, { anchors: made.length, captioned: made.length });
  await notify(tx, { topic: "imports", id });
  await notify(tx, { topic: "anchors" });
  return id;
}
