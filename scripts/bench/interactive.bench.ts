import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import sharp from "sharp";
import { storePicture } from "@/lib/server/images/store-picture";
import { localObjectStore } from "@/lib/server/object-store";
import { renderScene } from "@/lib/storybook/render-scene";
import { sampleScene } from "@/lib/storybook/sample-scene";
import { answerQuestions } from "@/workers/answer-questions";
import { createEngines, type Engines } from "@/workers/engines";
import type { Benchmark, Measured } from "./benchmark";
import { clickInBrowser } from "./click-in-browser";

const clicks = 60;
const side = 1024;
/** A person's pause between two clicks; a run goes on meanwhile. */
const pauseMs = 50;

interface Clicker {
  engines: Engines;
  click(): Promise<number>;
  encode(): Promise<number>;
}

/** A worker's own way from question to answer, without the few milliseconds of HTTP and of the database. */
async function withClicker<T>(use: (clicker: Clicker) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), "pentimento-bench-"));
  const engines = createEngines(resolve("models"));
  try {
    const store = localObjectStore(dataDir);
    const data = await sharp(await renderScene(sampleScene(7), 256), {
      raw: { width: 256, height: 256, channels: 3 },
    })
      .resize(side, side)
      .raw()
      .toBuffer();
    const { sha256 } = await storePicture(store, { width: side, height: side, data });
    const answers = answerQuestions({ store }, engines.interactiveFor);
    let n = 0;
    const at = { pack: "storybook", imageSha: sha256 };
    return await use({
      engines,
      encode: async () => (await answers.encode(at)).milliseconds,
      click: async () => {
        n++;
        const point = { x: (n * 97) % side, y: (n * 211) % side, positive: true };
        return (await answers.click({ ...at, points: [point] })).milliseconds;
      },
    });
  } finally {
    await engines.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function latencies({ click }: Clicker): Promise<{ p50: number; p95: number }> {
  const times: number[] = [];
  for (let i = 0; i < clicks; i++) {
    times.push(await click());
    await new Promise((done) => setTimeout(done, pauseMs));
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(0.5 * clicks)]!, p95: times[Math.floor(0.95 * clicks)]! };
}

/** Clicks while the worker is idle, then while its other engine generates without a pause. */
function clickDuringRun(): Promise<Measured> {
  return withClicker(async (clicker) => {
    const first = await clicker.encode();
    await clicker.click();
    const idle = await latencies(clicker);
    const before = process.memoryUsage.rss();
    let stop = false;
    let pairs = 0;
    const anchor = {
      width: 256,
      height: 256,
      data: new Uint8Array(await renderScene(sampleScene(9), 256)),
    };
    const run = (async () => {
      const engine = await clicker.engines.engineFor("storybook");
      while (!stop) {
        const request = {
          sourceCaption: "a red car on a meadow",
          targetCaption: "a blue car on a meadow",
          size: [256, 256] as const,
          anchor,
          seed: pairs,
          steps: 8,
          strength: 0.7,
          guidance: 4,
          control: { mode: "refine" as const, cross: 0.5, self: 0.5 },
        };
        await engine.generatePairs([request, { ...request, seed: pairs + 1000 }]);
        pairs += 2;
      }
    })();
    while (pairs < 2) await new Promise((done) => setTimeout(done, 50));
    const busy = await latencies(clicker);
    const encoding = await clicker.encode();
    stop = true;
    await run;
    const engine = await clicker.engines.interactiveFor("storybook");
    const { sessions } = await engine.status();
    const megabytes = sessions.reduce((sum, { residentBytes }) => sum + residentBytes, 0) / 1024 ** 2;
    return {
      value: busy.p95,
      note:
        `during a run p50 ${busy.p50.toFixed(0)} ms; idle p50 ${idle.p50.toFixed(0)}, p95 ${idle.p95.toFixed(0)} ms; ` +
        `encoding ${encoding.toFixed(0)} ms during the run, ${first.toFixed(0)} ms at first, models loaded; ` +
        `the engine for clicks holds ${megabytes.toFixed(0)} MB; ${(before / 1024 ** 2).toFixed(0)} MB without the generator`,
    };
  });
}

export const benchmarks: Benchmark[] = [
  { name: "interactive/click-during-run", unit: "ms", target: { atMost: 150 }, run: clickDuringRun },
  {
    name: "interactive/click-in-browser-during-run",
    unit: "ms",
    target: { atMost: 150 },
    run: () => clickInBrowser(1024),
  },
  {
    name: "interactive/click-in-browser-during-run-4096",
    unit: "ms",
    target: { atMost: 150 },
    run: () => clickInBrowser(4096),
  },
];
