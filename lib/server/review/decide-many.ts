import type { DeskOutcome } from "@/lib/api/contract/review";
import { UserError } from "@/lib/domain/errors";
import type { Context } from "../context";
import { decide, undo } from "./decide";
import type { NewDecision } from "./record-decision";

export interface ItemOutcome {
  sampleId: string;
  ok: boolean;
  message: string | null;
  outcome: DeskOutcome | null;
}

type Verdict = Pick<NewDecision, "kind" | "reasons" | "note" | "elapsedMs">;

/** One verdict on many samples, each in a transaction of its own: what is refused is told, the rest stands. */
export function decideMany(
  context: Context,
  {
    items,
    ...verdict
  }: Verdict & { items: { sampleId: string; textRevision: number; maskRevision: number }[] },
): Promise<ItemOutcome[]> {
  const each = verdict.elapsedMs === undefined ? undefined : Math.round(verdict.elapsedMs / items.length);
  return oneByOne(items, (item) => decide(context, { ...verdict, ...item, elapsedMs: each }));
}

export function undoMany(context: Context, { sampleIds }: { sampleIds: string[] }): Promise<ItemOutcome[]> {
  return oneByOne(
    sampleIds.map((sampleId) => ({ sampleId })),
    (item) => undo(context, item),
  );
}

async function oneByOne<T extends { sampleId: string }>(
  items: readonly T[],
  run: (item: T) => Promise<DeskOutcome>,
): Promise<ItemOutcome[]> {
  const outcomes: ItemOutcome[] = [];
  for (const item of items) {
    const { sampleId } = item;
    try {
      outcomes.push({ sampleId, ok: true, message: null, outcome: await run(item) });
    } catch (error) {
      // Only who may review at all gets this far with some of them.
      if (error instanceof UserError && error.code === "forbidden") throw error;
      outcomes.push({ sampleId, ok: false, message: refusalOf(error), outcome: null });
    }
  }
  return outcomes;
}

/** What failed for another reason than the sample's changed nothing, and must not hide what became of the others. */
function refusalOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  console.error(error);
  return "The studio failed at this one and changed nothing; send it again.";
}
