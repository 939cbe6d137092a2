// `npm run bench [group or name...] [--json FILE]`: measures the project's promises and prints a table.
// A group is a file `scripts/bench/<group>.bench.ts` that exports `benchmarks`.
import { readdirSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { type Benchmark, format, measure, type Outcome } from "./benchmark";

const folder = new URL("./", import.meta.url);
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "string" } } });
// `npm run bench --json FILE` without `--`: npm takes the option for its own and leaves the file.
if (process.env.npm_config_json === "true") values.json ??= positionals.pop();

const groups = readdirSync(folder)
  .filter((file) => file.endsWith(".bench.ts"))
  .sort();
const all: Benchmark[] = [];
for (const file of groups) {
  const { benchmarks } = (await import(new URL(file, folder).href)) as { benchmarks: Benchmark[] };
  all.push(...benchmarks);
}
const chosen = all.filter(
  ({ name }) =>
    positionals.length === 0 || positionals.some((asked) => name === asked || name.startsWith(`${asked}/`)),
);
if (chosen.length === 0) {
  const names = [...new Set(all.map(({ name }) => name.split("/")[0]))].join(", ");
  console.error(`No benchmark is called ${positionals.join(", ")}. Groups: ${names}.`);
  process.exit(2);
}

console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${platform()} ${arch()}, ` +
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB\n`,
);
const outcomes: Outcome[] = [];
const width = Math.max(...chosen.map(({ name }) => name.length)) + 2;
console.log(`${"name".padEnd(width)}${"value".padStart(10)}  ${"unit".padEnd(8)}${"target".padEnd(10)}holds`);
for (const benchmark of chosen) {
  const outcome = await measure(benchmark);
  outcomes.push(outcome);
  const value = outcome.value === null ? (outcome.holds === null ? "–" : "failed") : format(outcome.value);
  const holds = outcome.holds === null ? "?" : outcome.holds ? "yes" : "NO";
  console.log(
    `${outcome.name.padEnd(width)}${value.padStart(10)}  ${outcome.unit.padEnd(8)}${outcome.target.padEnd(10)}${holds.padEnd(5)} ${outcome.note}`.trimEnd(),
  );
}
const held = outcomes.filter(({ holds }) => holds).length;
console.log(`\n${held} of ${outcomes.length} hold`);
if (values.json) {
  const report = outcomes.map(({ name, value, unit, target, holds }) => ({
    name,
    value,
    unit,
    target,
    holds,
  }));
  writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
}
process.exit(0);
