import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { identifyProcess } from "@/lib/server/processes/process-identity";
import { type KeptChild, keepRunning } from "@/scripts/supervisor/keep-running";
import { stopLeftovers } from "@/scripts/supervisor/leftovers";
import { openLog } from "@/scripts/supervisor/log";
import { temporaryFolder } from "../../support/temporary-folder";

const guard = fileURLToPath(new URL("../../../scripts/supervisor/child-guard.mjs", import.meta.url));
const kept: KeptChild[] = [];
afterEach(async () => {
  await Promise.all(kept.splice(0).map((child) => child.stop(0)));
});

function keep(program: string, environment: NodeJS.ProcessEnv = process.env) {
  const dataDir = temporaryFolder();
  let screen = "";
  const log = openLog(dataDir, {
    write: (text) => {
      screen += text;
    },
  });
  const crashes: number[] = [];
  const child = keepRunning({
    role: "worker",
    dataDir,
    args: ["--import", guard, "--input-type=module", "-e", program],
    environment: () => environment,
    patienceMs: 5_000,
    log,
    onCrash: (times) => crashes.push(times),
  });
  kept.push(child);
  return { dataDir, child, crashes, screen: () => screen };
}

const pidOf = (dataDir: string) =>
  Number(JSON.parse(readFileSync(join(dataDir, "run/worker.json"), "utf8")).pid);
const STAY = "console.log('up'); setInterval(() => {}, 1000);";

it("starts a crashed child again, with a pause that grows", async () => {
  const { crashes, screen } = keep("process.exit(3)");
  await expect.poll(() => crashes, { timeout: 20_000 }).toEqual([1, 2]);
  expect(screen()).toMatch(
    /ended with code 3; starts again in 1 s\n.*ended with code 3; starts again in 2 s/s,
  );
});

it("replaces a child that asks for it by its exit code, at once and not as a crash", async () => {
  const dataDir = temporaryFolder();
  const marker = join(dataDir, "second");
  const program = `import fs from "node:fs"; if (!fs.existsSync(${JSON.stringify(marker)})) {
    fs.writeFileSync(${JSON.stringify(marker)}, ""); process.exit(75); } ${STAY}`;
  const { crashes, screen } = keep(program);
  await expect.poll(screen, { timeout: 20_000 }).toContain("up");
  expect(screen()).toContain("replaced");
  expect(crashes).toEqual([]);
});

it("recycles on request", async () => {
  const { dataDir, child, screen } = keep(STAY);
  await expect.poll(screen, { timeout: 20_000 }).toContain("up");
  const before = pidOf(dataDir);
  child.recycle();
  await expect.poll(() => pidOf(dataDir), { timeout: 20_000 }).not.toBe(before);
  expect(identifyProcess(before)).toBeUndefined();
  expect(identifyProcess(pidOf(dataDir))).toBeDefined();
});

it("lets a child finish what it is at, and ends one that does not", async () => {
  const polite = keep(
    `process.on("SIGTERM", () => setTimeout(() => { console.log("finished"); process.exit(0); }, 300)); ${STAY}`,
  );
  const deaf = keep(`process.on("SIGTERM", () => {}); ${STAY}`);
  await expect
    .poll(() => [polite.screen(), deaf.screen()], { timeout: 20_000 })
    .toEqual([expect.stringContaining("up"), expect.stringContaining("up")]);
  const pid = pidOf(deaf.dataDir);
  await Promise.all([polite.child.stop(), deaf.child.stop(500)]);
  expect(polite.screen()).toContain("finished");
  expect(identifyProcess(pid)).toBeUndefined();
  expect(existsSync(join(polite.dataDir, "run/worker.json"))).toBe(false);
});

it("stops leftovers by their notes, and spares a stranger who has the number now", async () => {
  const { dataDir, screen } = keep(STAY);
  await expect.poll(screen, { timeout: 20_000 }).toContain("up");
  const note = JSON.parse(readFileSync(join(dataDir, "run/worker.json"), "utf8"));
  writeFileSync(join(dataDir, "run/web.json"), JSON.stringify({ ...note, started: "another time" }));
  writeFileSync(join(dataDir, "run/worker2.json"), "{ cut sho");
  expect(await stopLeftovers(dataDir)).toEqual(["worker"]);
  expect(identifyProcess(note.pid)).toBeUndefined();
});

it("keeps a log with dates, without colours, on a full screen and in a file alike", () => {
  const dataDir = temporaryFolder();
  const lines: string[] = [];
  const log = openLog(dataDir, { isTTY: true, write: (text) => lines.push(text) });
  log.say("web", "\u001b[32mfine\u001b[0m");
  log.complain("worker2", "not fine\nat all");
  expect(readFileSync(log.file, "utf8")).toMatch(
    /^\S+Z {3}web {5}fine\n\S+Z ! worker2 not fine\n\S+Z ! worker2 at all\n$/,
  );
  expect(lines[0]).toContain("\u001b[35mweb     \u001b[0mfine");
});
