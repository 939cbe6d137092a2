import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStudio } from "../../test/support/studio";
import type { Benchmark, Measured } from "./benchmark";
import { median } from "./benchmark";
import { residentMegabytes } from "./resident-memory";

/** The studio on a folder of its own, which lives as long as `use`. Needs the build, which it makes if need be. */
async function withFolder(use: (dataDir: string) => Promise<Measured>): Promise<Measured> {
  execFileSync(process.execPath, ["--import", "tsx", "scripts/build.ts"], { stdio: "ignore" });
  const dataDir = mkdtempSync(join(tmpdir(), "pentimento-bench-"));
  try {
    return await use(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function secondsToReady(dataDir: string): Promise<number> {
  const began = performance.now();
  const studio = await startStudio({ dataDir });
  const seconds = (performance.now() - began) / 1000;
  await studio.stop();
  return seconds;
}

async function memoryOf(role: "web" | "worker", dataDir: string): Promise<Measured> {
  const studio = await startStudio({ dataDir });
  try {
    // Pages and models are loaded with the first request for them.
    for (let visit = 0; visit < 20; visit++) {
      await fetch(studio.url).then((response) => response.arrayBuffer());
    }
    await new Promise((done) => setTimeout(done, 3_000));
    const { pid } = JSON.parse(readFileSync(join(dataDir, "run", `${role}.json`), "utf8"));
    return { value: residentMegabytes(pid), note: "after 20 visits to the first page, no run" };
  } finally {
    await studio.stop();
  }
}

export const benchmarks: Benchmark[] = [
  {
    name: "start/first-boot",
    unit: "s",
    target: { atMost: 20 },
    run: () =>
      withFolder(async (dataDir) => ({
        value: await secondsToReady(dataDir),
        note: "empty data folder to first page, build made before",
      })),
  },
  {
    name: "start/second-boot",
    unit: "s",
    target: { atMost: 10 },
    run: () =>
      withFolder(async (dataDir) => {
        await secondsToReady(dataDir);
        const times = [];
        for (let boot = 0; boot < 3; boot++) times.push(await secondsToReady(dataDir));
        return { value: median(times), note: "median of 3" };
      }),
  },
  {
    name: "start/page-warm",
    unit: "ms",
    target: { atMost: 1000 },
    run: () =>
      withFolder(async (dataDir) => {
        const studio = await startStudio({ dataDir });
        const times = [];
        for (let visit = 0; visit < 20; visit++) {
          const began = performance.now();
          await fetch(studio.url).then((response) => response.arrayBuffer());
          times.push(performance.now() - began);
        }
        await studio.stop();
        return { value: median(times.slice(5)), note: "the server's answer to the first page, median of 15" };
      }),
  },
  {
    name: "start/web-memory",
    unit: "MB",
    target: { atMost: 700 },
    run: () => withFolder((dir) => memoryOf("web", dir)),
  },
  {
    name: "start/worker-memory",
    unit: "MB",
    target: { atMost: 2000 },
    run: () => withFolder((dir) => memoryOf("worker", dir)),
  },
];
