// `npx tsx scripts/make-large-database.ts --folder DIR [--samples 4100000]`: a database in a folder of its own, as
// large as the largest project in sight, for benchmarks and for looking at query plans. `npm run dev` opens it with
// PENTIMENTO_DATA_DIR=DIR. All samples show the same three small images.
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openLargeDatabase } from "./large-database/open";

const { values } = parseArgs({
  options: { folder: { type: "string" }, samples: { type: "string", default: "4100000" } },
});
const samples = Number(values.samples);
if (!values.folder || !Number.isInteger(samples) || samples < 1 || samples > 100_000_000) {
  console.error("Name an empty folder and how many: --folder DIR [--samples 4100000]");
  process.exit(2);
}
const folder = resolve(values.folder);
if (existsSync(join(folder, "postgres"))) {
  console.error(`${folder} holds a database already: name another folder, or remove it.`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const began = Date.now();
const large = await openLargeDatabase(folder, { samples }, (line) => {
  console.log(`${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s  ${line}`);
});
await large.close();
console.log(
  `${samples.toLocaleString("en")} samples in ${folder}. Open it: PENTIMENTO_DATA_DIR=${folder} npm run dev`,
);
process.exit(0);
