// By default a database of 100,000 samples in a temporary folder. In full: make one with scripts/make-large-database.ts
// and name it: PENTIMENTO_LARGE_DATABASE=DIR npm run bench curate
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SampleFilter } from "@/lib/api/contract/curate";
import { searchSamples } from "@/lib/server/curate/search-samples";
import { type LargeDatabase, openLargeDatabase } from "../large-database/open";
import { type Benchmark, format, type Measured, percentile } from "./benchmark";

const usualSize = 100_000;
const rounds = 12;

interface Facts {
  run: string;
  reviewer: string;
  tag: string;
}

/** The slowest p95 of a page of each filter, at the head of the list, in its middle and near its end. */
async function slowestPage(
  filters: (facts: Facts) => Record<string, SampleFilter>,
  { whole }: { whole: boolean },
): Promise<Measured> {
  const named = process.env.PENTIMENTO_LARGE_DATABASE;
  const folder = named ?? mkdtempSync(join(tmpdir(), "pentimento-large-"));
  const large = await openLargeDatabase(folder, { samples: usualSize });
  try {
    const context = { studio: large.studio, caller: large.studio.owner };
    const tag = await tagSome(large);
    await large.query("ANALYZE");
    const [facts] = await large.query<{ count: number; run: string }>(
      `SELECT (SELECT reltuples::int FROM pg_class WHERE relname = 'samples') AS count,
        (SELECT run_id::text FROM samples ORDER BY id LIMIT 1) AS run`,
    );
    const depths = [undefined, await idAt(large, facts!.count * 0.5), await idAt(large, facts!.count * 0.02)];
    let slowest = { name: "", value: 0 };
    let pages = 0;
    for (const [name, filter] of Object.entries(
      filters({ run: facts!.run, reviewer: context.caller.memberId, tag }),
    )) {
      for (const [depth, cursor] of depths.entries()) {
        const times: number[] = [];
        for (let i = 0; i < rounds; i++) {
          const started = performance.now();
          const page = await searchSamples(context, { filter, limit: 60, ...(cursor && { cursor }) });
          if (i > 1) times.push(performance.now() - started);
          if (whole && page.searchedTo) throw new Error(`${name}: the page was not filled in one answer.`);
        }
        pages += times.length;
        const value = percentile(times, 95);
        const where = ["", ", in the middle", ", near the end"][depth];
        if (value > slowest.value) slowest = { name: `${name}${where}`, value };
      }
    }
    return {
      value: slowest.value,
      note: `${facts!.count.toLocaleString("en")} samples, ${pages} pages; slowest: ${slowest.name} ${format(slowest.value)}`,
    };
  } finally {
    await large.close();
    if (!named) rmSync(folder, { recursive: true, force: true });
  }
}

async function idAt(large: LargeDatabase, offset: number): Promise<string> {
  const [row] = await large.query<{ id: string }>(
    "SELECT id::text FROM samples ORDER BY id OFFSET $1 LIMIT 1",
    [Math.floor(offset)],
  );
  return row!.id;
}

/** Puts a tag on every eightieth sample. */
async function tagSome(large: LargeDatabase): Promise<string> {
  const key = { projectId: large.studio.owner.projectId, name: "measured" };
  const { db } = large.studio;
  const { id } = await db.tag.upsert({ where: { projectId_name: key }, create: key, update: {} });
  await large.query(
    `INSERT INTO sample_tags (tag_id, sample_id) SELECT $1::uuid, id FROM samples
     WHERE hashtext(id::text) % 80 = 0 AND NOT EXISTS (SELECT 1 FROM sample_tags WHERE tag_id = $1::uuid)`,
    [id],
  );
  return id;
}

export const benchmarks: Benchmark[] = [
  {
    // Each answer must be a full page, or all that there is.
    name: "curate/indexed-page",
    unit: "ms",
    target: { atMost: 100 },
    run: () =>
      slowestPage(
        ({ run, reviewer, tag }) => ({
          "no filter": {},
          state: { state: "approved" },
          type: { editType: "remove" },
          "type and state": { editType: "remove", state: "pending" },
          run: { runId: run },
          "run, type and state": { runId: run, editType: "add", state: "pending" },
          "a word that none has": { text: "zebra crossing" },
          "a word that a fifth has": { text: "green" },
          "two words": { text: "red boat" },
          "a phrase of one sample": { text: '"view 2345678"' },
          "a word and a state": { text: "purple", state: "rejected" },
          "a word and a run": { text: "fountain", runId: run },
          tag: { tagId: tag },
          "tag and state": { tagId: tag, state: "approved" },
          reviewer: { reviewerId: reviewer },
          date: { until: new Date("2100-01-01") },
        }),
        { whole: true },
      ),
  },
  {
    // One answer of a walk ends when its time is up, whatever the filter.
    name: "curate/walked-page",
    unit: "ms",
    target: { atMost: 400 },
    run: () =>
      slowestPage(
        ({ run, reviewer }) => ({
          "a score that few have": { scores: { clipDirection: { min: 0.99 } } },
          "a score that none has": { scores: { clipDirection: { min: 2 } } },
          mask: { hasMask: true },
          reason: { reason: "artifacts" },
          "reviewer and word": { reviewerId: reviewer, text: "green" },
          "run and score": { runId: run, scores: { clipDirection: { min: 0.9 } } },
        }),
        { whole: false },
      ),
  },
];
