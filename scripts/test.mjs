// `npm test [step...]`: every check of the project in order, closed by the line "N passed, N failed".
// Each check counts as one, each test as one. Steps: lint types deps unit database pipeline build browser.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const scratch = mkdtempSync(join(tmpdir(), "pentimento-npm-test-"));
const node = process.execPath;
const bin = (name) => join("node_modules", ".bin", name);

const steps = {
  lint: () => check(bin("biome"), ["check", "--diagnostic-level=error"]),
  types: () => check(bin("tsc"), ["--noEmit", "-p", "."]),
  deps: () => check(node, ["--import", "tsx", "scripts/check-dependencies.ts"]),
  unit: () => vitest("unit"),
  database: () => vitest("database"),
  pipeline: () => vitest("pipeline"),
  build: () => check(node, ["--import", "tsx", "scripts/build.ts"]),
  browser: () => vitest("browser"),
};

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (error) console.error(error.message);
  return status === 0;
}

function check(command, args) {
  return run(command, args) ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** Counts tests by the runner's own report; a run that ends badly without a failed test counts as one failure. */
function vitest(project) {
  const report = join(scratch, `${project}.json`);
  const fine = run(bin("vitest"), [
    "run",
    `--project=${project}`,
    "--passWithNoTests",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const count = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(report)) {
    const { testResults } = JSON.parse(readFileSync(report, "utf8"));
    for (const file of testResults) {
      // A file that cannot be loaded has no tests to report.
      if (file.status === "failed" && file.assertionResults.length === 0) count.failed++;
      for (const { status } of file.assertionResults) {
        if (status === "passed") count.passed++;
        else if (status === "failed") count.failed++;
        else count.skipped++;
      }
    }
  }
  if (!fine && count.failed === 0) count.failed = 1;
  return count;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in steps));
if (unknown.length) {
  console.error(`Unknown step ${unknown.join(", ")}: choose from ${Object.keys(steps).join(", ")}.`);
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const table = [];
try {
  // What the checks below read, where the installation or an earlier build has not made it.
  if (!existsSync("lib/server/generated/prisma/client.ts")) run(node, ["scripts/generate.mjs"]);
  if (!existsSync("next-env.d.ts")) run(bin("next"), ["typegen"]);
  for (const name of asked.length ? asked : Object.keys(steps)) {
    console.log(`\n=== ${name} ===`);
    const began = Date.now();
    const count = steps[name]();
    for (const key of Object.keys(total)) total[key] += count[key];
    table.push({ name, seconds: ((Date.now() - began) / 1000).toFixed(1), ...count });
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

console.log("\nstep       seconds  passed  failed  skipped");
for (const { name, seconds, passed, failed, skipped } of table) {
  console.log(
    `${name.padEnd(10)}${seconds.padStart(8)}${[passed, failed, skipped].map((n) => String(n).padStart(8)).join("")}`,
  );
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
