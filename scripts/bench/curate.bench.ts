// By default a database of 100,000 samples in a temporary folder. In full: make one with scripts/make-large-database.ts
// and name it: PENTIMENTO_LARGE_DATABASE=DIR npm run bench curate
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SampleFilter } from "@/lib/api/contract/curate";
import { searchSamples } from "@/lib/server/curate/search-samples";
import { openLargeDatabase } from "../large-database/open";
import { type Benchmark, format, type Measured, percentile } from "./benchmark";

const usualSize = 100_000;
const rounds = 12;

/** The slowest p95 of a page of each filter, at the head of the list and in its middle. */
async function slowestPage(filters: (runId: string) => Record<string, SampleFilter>): Promise<Measured> {
  const named = process.env.PENTIMENTO_LARGE_DATABASE;
  const folder = named ?? mkdtempSync(join(tmpdir(), "pentimento-large-"));
  const large = await openLargeDatabase(folder, { samples: usualSize });
  try {
    const context = { studio: large.studio, caller: large.studio.owner };
    await large.query("ANALYZE");
    const [facts] = await large.query<{ count: number; run: string; middle: string }>(
      `SELECT (SELECT reltuples::int FROM pg_class WHERE relname = 'samples') AS count,
        (SELECT run_id::text FROM samples ORDER BY id LIMIT 1) AS run,
        (SELECT id::text FROM samples ORDER BY id OFFSET (SELECT reltuples::int / 2 FROM pg_class WHERE relname = 'samples') LIMIT 1) AS middle`,
    );
    let slowest = { name: "", value: 0 };
    for (const [name, filter] of Object.entries(filters(facts!.run))) {
      for (const cursor of [undefined, facts!.middle]) {
        const times: number[] = [];
        for (let i = 0; i < rounds; i++) {
          const started = performance.now();
          await searchSamples(context, { filter, limit: 60, ...(cursor && { cursor }) });
          if (i > 1) times.push(performance.now() - started);
        }
        const value = percentile(times, 95);
        if (value > slowest.value) slowest = { name: `${name}${cursor ? ", in the middle" : ""}`, value };
      }
    }
    return {
      value: slowest.value,
      note: `${facts!.count.toLocaleString("en")} samples; slowest: ${slowest.name} ${format(slowest.value)}`,
    };
  } finally {
    await large.close();
    if (!named) rmSync(folder, { recursive: true, force: true });
  }
}

export const benchmarks: Benchmark[] = [
  {
    name: "curate/indexed-page",
    unit: "ms",
    target: { atMost: 100 },
    run: () =>
      slowestPage((runId) => ({
        "no filter": {},
        state: { state: "approved" },
        type: { editType: "remove" },
        "type and state": { editType: "remove", state: "pending" },
        run: { runId },
        "run, type and state": { runId, editType: "add", state: "pending" },
        "a rare word": { text: "zebra crossing" },
        date: { until: new Date("2100-01-01") },
      })),
  },
  {
    // One answer of a walk ends when its time is up, whatever the filter.
    name: "curate/walked-page",
    unit: "ms",
    target: { atMost: 400 },
    run: () =>
      slowestPage(() => ({
        "a frequent word": { text: "green" },
        "a score that few have": { scores: { clipDirection: { min: 0.99 } } },
        "a score that none has": { scores: { clipDirection: { min: 2 } } },
        mask: { hasMask: true },
        reason: { reason: "artifacts" },
      })),
  },
];
