import { setTimeout } from "node:timers/promises";
import type { Endpoint } from "@/lib/generators/send-request";
import type { Studio } from "./context";

/** Waits until another request to a server may start. */
export type Pace = (signal?: AbortSignal) => Promise<void>;

/** By connection pool and service, the last in this process's line: only the first in a line asks the database. */
const linesOf = new WeakMap<Studio["db"], Map<string, Promise<unknown>>>();

/**
 * The pace of a model's requests: at most `perMinute` start in a minute, evenly spaced, whatever the number of runs and
 * workers. Runs that name different numbers share the line, so that together they keep below the larger one.
 */
export function pacedBy(
  { db }: Pick<Studio, "db">,
  { baseUrl }: Endpoint,
  model: string,
  perMinute: number,
): Pace {
  const service = `${baseUrl.replace(/\/+$/, "")} ${model}`;
  const lines = linesOf.get(db) ?? new Map<string, Promise<unknown>>();
  linesOf.set(db, lines);
  return (signal) => {
    const before = lines.get(service) ?? Promise.resolve();
    const turn = before.then(() => takeTurn(db, service, 60_000 / perMinute, signal));
    // Whoever leaves the line does not hold up the next.
    const settled = turn.catch(() => {});
    lines.set(service, settled);
    void settled.then(() => lines.get(service) === settled && lines.delete(service));
    return turn;
  };
}

/**
 * Nothing is put aside for those who wait: a worker that dies in the line has taken no turn. The database's clock counts,
 * since the workers' may differ.
 */
async function takeTurn(
  db: Studio["db"],
  service: string,
  intervalMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const taken = await db.$executeRaw`
      INSERT INTO request_paces AS pace (service, next_at)
      VALUES (${service}, clock_timestamp() + ${intervalMs}::float8 * interval '1 millisecond')
      ON CONFLICT (service) DO UPDATE SET next_at = EXCLUDED.next_at
      WHERE pace.next_at <= clock_timestamp()`;
    if (taken > 0) return;
    const [row] = await db.$queryRaw<{ ms: number }[]>`
      SELECT (extract(epoch FROM next_at - clock_timestamp()) * 1000)::float8 AS ms
      FROM request_paces WHERE service = ${service}`;
    // At least a little, for clocks that count in whole milliseconds.
    await setTimeout(Math.max(1, row?.ms ?? 0), undefined, signal && { signal }).catch(() => {});
  }
}
