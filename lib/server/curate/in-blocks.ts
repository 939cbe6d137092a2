import type { Studio } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";

/** Open pages hear of progress at most so often. */
const tellEveryMs = 1000;

/** What a block of the work says: more is left, it was the last, or there was nothing to do. */
export type BlockOutcome = "more" | "last" | "none";

/**
 * Works block by block, each in a transaction of its own that also says where the next one begins, so that a killed
 * worker's successor goes on there. Pages hear of the progress.
 * @param aborted what to say where the worker is stopped between two blocks
 */
export async function inBlocks(
  studio: Studio,
  block: (tx: Transaction) => Promise<BlockOutcome>,
  aborted: string,
  signal?: AbortSignal,
): Promise<void> {
  let told = 0;
  for (let outcome: BlockOutcome = "more"; outcome === "more"; ) {
    if (signal?.aborted) throw new Error(aborted);
    const tell = Date.now() - told > tellEveryMs;
    if (tell) told = Date.now();
    outcome = await inTransaction(
      studio.db,
      async (tx) => {
        const now = await block(tx);
        if (now === "last" || (now === "more" && tell)) await notify(tx, { topic: "samples" });
        return now;
      },
      { timeoutMs: 60_000 },
    );
  }
}
