// By default a database of 100,000 samples in a temporary folder. In full: make one with scripts/make-large-database.ts
// and name it: PENTIMENTO_LARGE_DATABASE=DIR npm run bench review
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { editTypeIds } from "@/lib/domain/edit-types";
import { sampleStates } from "@/lib/domain/sample-state";
import type { Context } from "@/lib/server/context";
import { claimSamples } from "@/lib/server/review/claim-samples";
import { decide } from "@/lib/server/review/decide";
import { listSamples, type SampleFilter } from "@/lib/server/samples/list-samples";
import { launchBrowser } from "@/test/support/browser";
import { startStudio } from "@/test/support/studio";
import type { LargeOptions } from "../large-database/fill";
import { type LargeDatabase, openLargeDatabase } from "../large-database/open";
import { type Benchmark, format, type Measured, percentile } from "./benchmark";

const usualSize = 100_000;
const reviewers = 50;
const seconds = 20;

/** The named database, or one of the usual size that is removed afterwards. */
async function withLarge(
  use: (large: LargeDatabase, context: Context) => Promise<Measured>,
): Promise<Measured> {
  const named = process.env.PENTIMENTO_LARGE_DATABASE;
  const folder = named ?? mkdtempSync(join(tmpdir(), "pentimento-large-"));
  const large = await openLargeDatabase(folder, { samples: usualSize });
  try {
    const context = { studio: large.studio, caller: large.studio.owner };
    const [{ count } = { count: 0 }] = await large.query<{ count: number }>(
      "SELECT reltuples::int AS count FROM pg_class WHERE relname = 'samples'",
    );
    const measured = await use(large, context);
    return { ...measured, note: `${count.toLocaleString("en")} samples; ${measured.note ?? ""}` };
  } finally {
    await large.close();
    if (!named) rmSync(folder, { recursive: true, force: true });
  }
}

/** 50 people who claim the next sample and decide on the one before, once a second each, for 20 seconds. */
async function claims(large: LargeDatabase, owner: Context): Promise<Measured> {
  const { db } = large.studio;
  const { projectId } = owner.caller;
  const people: Context[] = [];
  for (let n = 0; n < reviewers; n++) {
    const { id, name } = await db.member.create({
      data: { projectId, name: `Reviewer ${n}`, role: "reviewer" },
    });
    people.push({ ...owner, caller: { projectId, memberId: id, name, role: "reviewer" } });
  }
  const claiming: number[] = [];
  const deciding: number[] = [];
  const orders = ["oldest", "uncertain", "random", "edit-type"] as const;
  const begin = Date.now() + 1000;
  const work = async (context: Context, index: number) => {
    const order = orders[index % orders.length]!;
    for (let turn = 0; turn < seconds; turn++) {
      const at = begin + turn * 1000 + (index * 1000) / reviewers;
      await new Promise((done) => setTimeout(done, Math.max(0, at - Date.now())));
      const before = performance.now();
      const { items } = await claimSamples(context, {
        limit: 1,
        order,
        purpose: "review",
        blind: false,
        have: [],
      });
      const between = performance.now();
      // The first second warms connections and plans.
      if (turn > 0) claiming.push(between - before);
      const sample = items[0]?.sample;
      if (!sample) throw new Error("Nothing was left to claim.");
      await decide(context, {
        sampleId: sample.id,
        kind: turn % 5 === 0 ? "reject" : "approve",
        reasons: turn % 5 === 0 ? ["other"] : [],
        textRevision: sample.textRevision,
        maskRevision: sample.maskRevision,
      });
      if (turn > 0) deciding.push(performance.now() - between);
    }
  };
  await Promise.all(people.map(work));
  const [{ twice } = { twice: 0 }] = await large.query<{ twice: number }>(
    `SELECT count(*)::int AS twice FROM (SELECT sample_id FROM assignments
     WHERE reviewer_id = ANY($1) GROUP BY sample_id HAVING count(*) > 1) AS same`,
    [people.map(({ caller }) => caller.memberId)],
  );
  if (twice > 0) throw new Error(`${twice} samples were given to two reviewers.`);
  return {
    value: percentile(claiming, 95),
    note: `${claiming.length} claims by ${reviewers} reviewers in four orders, median ${format(percentile(claiming, 50))} ms; decisions p95 ${format(percentile(deciding, 95))} ms; none given twice`,
  };
}

/** Pages of 60 under every combination of filters, at the start, in the middle and near the end. */
async function lists(large: LargeDatabase, context: Context): Promise<Measured> {
  const runs = await large.studio.db.run.findMany({
    where: { projectId: context.caller.projectId },
    take: 2,
  });
  const types = [undefined, editTypeIds[0], editTypeIds[5]];
  const filters: SampleFilter[] = [undefined, ...sampleStates].flatMap((state) =>
    types.flatMap((editType) => [undefined, runs[0]?.id].map((runId) => ({ state, editType, runId }))),
  );
  const cursors = await Promise.all(
    [0.01, 0.5, 0.99].map(async (share) => {
      const [row] = await large.query<{ id: string }>(
        "SELECT id FROM samples ORDER BY id OFFSET $1 LIMIT 1",
        [Math.floor(share * (await approximateCount(large)))],
      );
      return row?.id;
    }),
  );
  const times: number[] = [];
  let slowest = { time: 0, what: "" };
  for (const round of [0, 1, 2]) {
    for (const filter of filters) {
      for (const [depth, cursor] of [undefined, ...cursors].entries()) {
        const before = performance.now();
        await listSamples(context, { ...filter, cursor, limit: 60 });
        const time = performance.now() - before;
        if (round === 0) continue;
        times.push(time);
        if (time > slowest.time) slowest = { time, what: JSON.stringify({ ...filter, depth }) };
      }
    }
  }
  return {
    value: percentile(times, 95),
    note: `${times.length} pages of 60, ${filters.length} filters at 4 depths; median ${format(percentile(times, 50))} ms, slowest ${format(slowest.time)} ms ${slowest.what}`,
  };
}

async function approximateCount(large: LargeDatabase): Promise<number> {
  const [row] = await large.query<{ n: number }>(
    "SELECT reltuples::int AS n FROM pg_class WHERE relname = 'samples'",
  );
  return row?.n ?? 0;
}

/** From the key to the next pair drawn on screen, in a browser, for 60 decisions two a second. */
async function nextSample(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "pentimento-desk-"));
  const options: LargeOptions = { samples: 400, pictures: 80, pictureSize: 512 };
  await (await openLargeDatabase(folder, options)).close();
  const studio = await startStudio({ dataDir: folder });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    // The TypeScript loader names functions through this helper, which a page does not have.
    await page.addInitScript("globalThis.__name = (value) => value");
    await page.goto(`${studio.url}/review`);
    await page.getByTestId("instruction").waitFor();
    await page.getByText("Loading the pair…").waitFor({ state: "hidden" });
    const times: number[] = [];
    for (let n = 0; n < 60; n++) {
      await page.waitForTimeout(500);
      times.push(await page.evaluate(timeOfNextPair));
    }
    const warm = times.slice(5);
    return {
      value: percentile(warm, 95),
      note: `${warm.length} decisions on pairs of 512×512; median ${format(percentile(warm, 50))} ms`,
    };
  } finally {
    await browser.close();
    await studio.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs in the page: presses the key and waits until another caption is shown, its pair drawn, and painted. */
function timeOfNextPair(): Promise<number> {
  return new Promise((done, fail) => {
    const caption = () => document.querySelector("canvas[role=img]")?.getAttribute("aria-label");
    const before = caption();
    const began = performance.now();
    const look = () => {
      if (performance.now() - began > 10_000) return fail(new Error("The next sample did not appear."));
      const loading = document.body.textContent?.includes("Loading the pair…");
      if (caption() === before || loading) return void requestAnimationFrame(look);
      // Drawn in this frame; the next one begins when it is on screen.
      requestAnimationFrame(() => done(performance.now() - began));
    };
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "a", code: "KeyA", bubbles: true }));
    look();
  });
}

export const benchmarks: Benchmark[] = [
  { name: "review/claim", unit: "ms", target: { atMost: 20 }, run: () => withLarge(claims) },
  { name: "review/list-page", unit: "ms", target: { atMost: 100 }, run: () => withLarge(lists) },
  { name: "review/next-sample", unit: "ms", target: { atMost: 100 }, run: nextSample },
];
