import { createEditDeduplicator } from "@/lib/instructions/deduplicator";
import { parseSeedLines } from "@/lib/instructions/seed-lines";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { loadSeeds } from "./load-seeds";

/** Adds the seeds of a JSONL text. Lines that cannot be used are named; repeats of known seeds are counted. */
export async function importSeeds(context: Context, text: string) {
  requireAbility(context, "annotate");
  const { seeds, errors } = parseSeedLines(text);
  const known = createEditDeduplicator();
  for (const seed of await loadSeeds(context.studio, context.caller.projectId)) known.add(seed);
  const fresh = seeds.filter(({ seed }) => known.add(seed) === null);
  const { projectId, memberId } = context.caller;
  if (fresh.length > 0) {
    await inTransaction(context.studio.db, async (tx) => {
      await tx.seed.createMany({
        data: fresh.map(({ seed }) => ({ projectId, authorId: memberId, ...seed })),
      });
      await addToCounters(tx, projectId, { seeds: fresh.length });
      await notify(tx, { topic: "seeds" });
    });
  }
  return {
    added: fresh.length,
    duplicates: seeds.length - fresh.length,
    refused: errors.map(({ line, message }) => ({ line, reason: message })),
  };
}
