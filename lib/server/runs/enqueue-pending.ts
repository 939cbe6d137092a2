import type { Studio } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import type { Queue } from "../queue/queue";

/** Anchors in one Stage I job, and edits in one Stage II or III job: about a quarter of a minute of work each. */
export const anchorsPerJob = 8;
export const editsPerJob = 4;

/** Anchors, or edits, that one transaction enqueues. */
const page = 20_000;

/** How far the enqueuing of a run has come: the last anchor's place and the last edit's id. */
interface Position {
  ordinal?: number | undefined;
  editId?: string | undefined;
}

/**
 * Enqueues the work of a run that is still to do: what one transaction can, and a job that goes on with the rest. Extra
 * jobs do no harm: a worker skips what is done.
 */
export async function enqueuePending(tx: Transaction, queue: Queue, runId: string): Promise<void> {
  const { startedAt, listing } = await tx.run.findUniqueOrThrow({
    where: { id: runId },
    select: { startedAt: true, listing: true },
  });
  if (!startedAt || listing) return queue.send(tx, "start-run", { runId });
  const rest = await enqueuePage(tx, queue, runId, {});
  if (rest) await queue.send(tx, "enqueue-run", { runId, ...rest });
}

/** Goes on with enqueuing a large run from a place, a transaction for each page, as long as the run runs. */
export async function enqueueRest(
  { db, queue }: Studio,
  { runId, ...from }: { runId: string } & Position,
  signal: AbortSignal,
): Promise<void> {
  for (let rest: Position | null = from; rest && !signal.aborted; ) {
    const position: Position = rest;
    rest = await inTransaction(
      db,
      async (tx) => {
        const run = await tx.run.findUnique({ where: { id: runId }, select: { state: true } });
        return run?.state === "running" ? enqueuePage(tx, queue, runId, position) : null;
      },
      { timeoutMs: 60_000 },
    );
  }
}

/** @returns where to go on, or null where all is enqueued */
async function enqueuePage(
  tx: Transaction,
  queue: Queue,
  runId: string,
  { ordinal, editId }: Position,
): Promise<Position | null> {
  const anchors = await tx.runAnchor.findMany({
    // Round 0 waits for the quotas to need it.
    where: { runId, state: "pending", round: { gt: 0 }, ordinal: { gt: ordinal ?? -1 } },
    orderBy: { ordinal: "asc" },
    take: page,
    select: { anchorId: true, ordinal: true },
  });
  const jobs = chunks(anchors, anchorsPerJob).map((part) => ({
    runId,
    anchorIds: part.map((row) => row.anchorId),
  }));
  await queue.sendAll(tx, "instruct", jobs);
  const edits = await tx.edit.findMany({
    where: { runId, state: "pending", ...(editId && { id: { gt: editId } }) },
    orderBy: { id: "asc" },
    take: page,
    select: { id: true },
  });
  await enqueueEdits(
    tx,
    queue,
    runId,
    edits.map(({ id }) => id),
  );
  if (anchors.length < page && edits.length < page) return null;
  return { ordinal: anchors.at(-1)?.ordinal ?? ordinal, editId: edits.at(-1)?.id ?? editId };
}

/** Enqueues the drawing of edits, a few to a job. */
export function enqueueEdits(
  tx: Transaction,
  queue: Queue,
  runId: string,
  ids: readonly string[],
): Promise<void> {
  return queue.sendAll(
    tx,
    "generate",
    chunks(ids, editsPerJob).map((editIds) => ({ runId, editIds })),
  );
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
