import type { Transaction } from "../database/client";
import type { Queue } from "../queue/queue";

/** Anchors in one Stage I job, and edits in one Stage II or III job: about a quarter of a minute of work each. */
export const anchorsPerJob = 8;
export const editsPerJob = 4;

/** Rows that are in memory at once while a whole run is enqueued. */
const page = 20_000;

/** Enqueues all work of a run that is still to do. Extra jobs do no harm: a worker skips what is done. */
export async function enqueuePending(tx: Transaction, queue: Queue, runId: string): Promise<void> {
  const { startedAt } = await tx.run.findUniqueOrThrow({
    where: { id: runId },
    select: { startedAt: true },
  });
  if (!startedAt) return queue.send(tx, "start-run", { runId });

  for (let after = -1; ; ) {
    const anchors = await tx.runAnchor.findMany({
      // Round 0 waits for the quotas to need it.
      where: { runId, state: "pending", ordinal: { gt: after }, round: { gt: 0 } },
      orderBy: { ordinal: "asc" },
      take: page,
      select: { anchorId: true, ordinal: true },
    });
    const jobs = chunks(anchors, anchorsPerJob).map((part) => ({
      runId,
      anchorIds: part.map((row) => row.anchorId),
    }));
    await queue.sendAll(tx, "instruct", jobs);
    after = anchors.at(-1)?.ordinal ?? after;
    if (anchors.length < page) break;
  }
  for (let last: string | undefined; ; ) {
    const edits = await tx.edit.findMany({
      where: { runId, state: "pending", ...(last && { id: { gt: last } }) },
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
    last = edits.at(-1)?.id;
    if (edits.length < page) break;
  }
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
