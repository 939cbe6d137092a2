import type { Transaction } from "./database/client";
import { Prisma } from "./database/client";

/** Maintained counts of a project; the dashboard's funnel reads these and never counts rows. */
export const counterNames = [
  "anchors",
  "captioned",
  "seeds",
  "edits",
  "candidates",
  "samples.pending",
  "samples.approved",
  "samples.rejected",
  "releases",
] as const;
export type CounterName = (typeof counterNames)[number];

/** Adds to counters in the transaction of the change they count. In name order, so that two cannot deadlock. */
export async function addToCounters(
  tx: Transaction,
  projectId: string,
  changes: Partial<Record<CounterName, number>>,
): Promise<void> {
  const rows = Object.entries(changes)
    .filter(([, change]) => change !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, change]) => Prisma.sql`(${projectId}::uuid, ${name}, ${change}::bigint)`);
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO counters (project_id, name, value) VALUES ${Prisma.join(rows)}
    ON CONFLICT (project_id, name) DO UPDATE SET value = counters.value + EXCLUDED.value`;
}

export async function readCounters(tx: Transaction, projectId: string): Promise<Record<CounterName, number>> {
  const rows = await tx.counter.findMany({ where: { projectId } });
  const values = new Map(rows.map((row) => [row.name, Number(row.value)]));
  return Object.fromEntries(counterNames.map((name) => [name, values.get(name) ?? 0])) as Record<
    CounterName,
    number
  >;
}
