import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { findFreePort } from "@/lib/server/processes/free-port";
import { launchBrowser } from "../../test/support/browser";
import { type Studio, startStudio } from "../../test/support/studio";
import { type Benchmark, type Measured, median } from "./benchmark";
import { residentMegabytes } from "./resident-memory";
import { until } from "./until";

const scenes = 4;

/** Draws scenes, launches a run on them and waits until `done` holds of its samples and state. */
async function runPipeline(url: string, done: (pairs: number, state: string) => boolean): Promise<void> {
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      ...(body !== undefined && {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  const { id: importId } = await call("POST", "/imports/storybook", { count: scenes, seed: 7 });
  await until(
    "The end of the import",
    120,
    () => call("GET", `/imports/${importId}`),
    ({ state }) => state === "succeeded",
  );
  const { id } = await call("POST", "/runs", { name: "Benchmark", freeForm: { maxCandidates: 4, keep: 1 } });
  await until(
    "What the run was to reach",
    900,
    async () => {
      const { state, stages } = await call("GET", `/runs/${id}`);
      const drawing = stages.find(({ stage }: { stage: string }) => stage === "freeForm");
      return { state, pairs: drawing?.produced ?? 0 };
    },
    ({ pairs, state }) => done(pairs, state),
  );
}

/** `git clone`, `npm ci`, `npm start`, and the pipeline until a generated pair is in the studio. */
async function cloneToFirstPair(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "pentimento-clone-"));
  const began = performance.now();
  const passed = () => Math.round((performance.now() - began) / 1000);
  try {
    execFileSync("git", ["clone", "-q", ".", folder]);
    execFileSync("npm", ["ci"], { cwd: folder, stdio: "ignore" });
    const installed = passed();
    const port = await findFreePort();
    const child = spawn(process.execPath, ["scripts/start.mjs"], {
      cwd: folder,
      env: { ...process.env, PORT: String(port) },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (chunk: Buffer) => chunk.includes("Pentimento is ready") && resolve());
      child.on("exit", () => reject(new Error("The studio ended before it was ready.")));
    });
    const ready = passed();
    await runPipeline(`http://127.0.0.1:${port}`, (pairs) => pairs > 0);
    const value = (performance.now() - began) / 1000;
    child.kill("SIGINT");
    await new Promise((resolve) => child.once("exit", resolve));
    return {
      value,
      note: `installed after ${installed} s, ready after ${ready} s; a clone of this folder's last commit`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withStudio(use: (studio: Studio) => Promise<Measured>): Promise<Measured> {
  const studio = await startStudio();
  try {
    return await use(studio);
  } finally {
    await studio.stop();
  }
}

/** From the address entered to the page's own data on screen, in a browser that has the scripts in its cache. */
async function interactivePage({ url }: Studio): Promise<Measured> {
  const browser: Browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const slowest: { path: string; time: number } = { path: "", time: 0 };
    for (const path of ["/", "/anchors", "/seeds", "/runs", "/review", "/releases"]) {
      const times: number[] = [];
      for (let visit = 0; visit < 6; visit++) {
        const began = performance.now();
        await page.goto(url + path, { waitUntil: "commit" });
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.getByRole("status", { name: "Loading" }).waitFor({ state: "hidden" });
        if (visit > 0) times.push(performance.now() - began);
      }
      if (median(times) > slowest.time) Object.assign(slowest, { path, time: median(times) });
    }
    return { value: slowest.time, note: `slowest page: ${slowest.path}; median of 5 visits` };
  } finally {
    await browser.close();
  }
}

export const benchmarks: Benchmark[] = [
  { name: "studio/clone-to-first-pair", unit: "s", target: { atMost: 240 }, run: cloneToFirstPair },
  {
    name: "studio/page-interactive",
    unit: "ms",
    target: { atMost: 1000 },
    run: () => withStudio(interactivePage),
  },
  {
    name: "studio/worker-memory-in-run",
    unit: "MB",
    target: { atMost: 2000 },
    run: () =>
      withStudio(async ({ url, dataDir }) => {
        const { pid } = JSON.parse(readFileSync(join(dataDir, "run", "worker.json"), "utf8"));
        let most = 0;
        await runPipeline(url, (_pairs, state) => {
          most = Math.max(most, residentMegabytes(pid));
          return state === "succeeded" || state === "failed";
        });
        return { value: most, note: `highest seen in a run on ${scenes} scenes` };
      }),
  },
];
