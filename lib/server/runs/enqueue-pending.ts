import type { Transaction } from "../database/client";
import type { Queue } from "../queue/queue";

/** Anchors in one Stage I job, and edits in one Stage II job: about a quarter of a minute of work each. */
export const anchorsPerJob = 8;
export const editsPerJob = 4;

/** Enqueues all work of a run that is still to do. Extra jobs do no harm: a worker skips what is done. */
export async function enqueuePending(tx: Transaction, queue: Queue, runId: string): Promise<void> {
  const started = await tx.run.findUniqueOrThrow({ where: { id: runId }, select: { startedAt: true } });
  if (!started.startedAt) return queue.send(tx, "start-run", { runId });

  const anchors = await tx.runAnchor.findMany({
    where: { runId, state: "pending" },
    orderBy: { ordinal: "asc" },
    select: { anchorId: true },
  });
  await queue.sendAll(
    tx,
    "instruct",
    chunks(anchors, anchorsPerJob).map((part) => ({ runId, anchorIds: part.map((row) => row.anchorId) })),
  );
  const edits = await tx.edit.findMany({
    where: { runId, state: "pending" },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  await queue.sendAll(
    tx,
    "generate",
    chunks(edits, editsPerJob).map((part) => ({ runId, editIds: part.map((row) => row.id) })),
  );
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
