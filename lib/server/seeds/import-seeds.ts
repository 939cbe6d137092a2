import { createEditDeduplicator } from "@/lib/instructions/deduplicator";
import type { SeedColumns } from "@/lib/instructions/seed-table";
import { readSeedText } from "@/lib/instructions/seed-text";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { loadSeeds } from "./load-seeds";

/** Adds the seeds of a JSONL, CSV or TSV text. Lines that cannot be used are named; repeats of seeds are counted. */
export async function importSeeds(context: Context, text: string, columns?: SeedColumns) {
  requireAbility(context, "annotate");
  const { only, fresh, repeated, refused } = await readAgainstKnown(context, text, columns);
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
    duplicates: repeated.length,
    refused,
    rest: only(new Set(refused.map(({ line }) => line))),
  };
}

const shown = 5;
const longestList = 200;

/** What `importSeeds` would do with a text, without doing it. */
export async function previewSeeds(context: Context, text: string, columns?: SeedColumns) {
  requireAbility(context, "read");
  const { format, table, fresh, repeated, refused } = await readAgainstKnown(context, text, columns);
  return {
    format,
    table: table && { columns: [...table.columns], used: table.used },
    fresh: fresh.length,
    duplicates: repeated.length,
    repeated: repeated.slice(0, longestList),
    refusedCount: refused.length,
    refused: refused.slice(0, longestList),
    examples: fresh.slice(0, shown).map(({ line, seed }) => ({ line, ...seed })),
  };
}

async function readAgainstKnown(context: Context, text: string, columns?: SeedColumns) {
  const read = readSeedText(text, columns);
  const known = createEditDeduplicator();
  for (const seed of await loadSeeds(context.studio, context.caller.projectId)) known.add(seed);
  const fresh: (typeof read.seeds)[number][] = [];
  const repeated: { line: number; of: string }[] = [];
  for (const line of read.seeds) {
    const earlier = known.add(line.seed);
    if (earlier) repeated.push({ line: line.line, of: earlier.of });
    else fresh.push(line);
  }
  const refused = read.errors.map(({ line, message }) => ({ line, reason: message }));
  return { ...read, fresh, repeated, refused };
}
