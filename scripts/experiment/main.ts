/**
 * The claims of the UltraEdit paper in miniature, on Storybook edits whose exact outcome is known:
 *   npm run experiment [-- --quick] [-- --edits 27 --draws 6 --pool 30] [-- --fresh]
 * Writes docs/experiment.md and docs/experiment.json. Draws are kept under data/experiment/ by the pack's hash, so that a
 * stopped experiment goes on where it was.
 */
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { thresholdsFor } from "@/lib/domain/thresholds";
import { startLanes } from "@/lib/inference/start-lanes";
import { loadManifest } from "@/lib/packs/load-manifest";
import { meanChange, regionChange } from "@/lib/perception/measures/change";
import { drawBatch } from "@/lib/stages/draw-batch";
import { type Arm, arms, canDraw, planDraw } from "./arms";
import { type DrawRow, openDrawStore } from "./draw-store";
import { evaluate } from "./evaluate";
import { type KnownEdit, knownEdit, referenceScene } from "./ground-truth";
import { labDistance, seam, succeeds } from "./outcome";
import { writeReport } from "./report";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    edits: { type: "string" },
    draws: { type: "string" },
    pool: { type: "string" },
    pack: { type: "string", default: "storybook" },
    out: { type: "string", default: "docs" },
    fresh: { type: "boolean", default: false },
  },
});
const size = values.quick ? { edits: 18, draws: 2, pool: 8 } : { edits: 36, draws: 4, pool: 30 };
for (const key of ["edits", "draws", "pool"] as const) if (values[key]) size[key] = Number(values[key]);
const references = 60;

const packDirectory = resolve("models", values.pack);
const { manifest, hash } = await loadManifest(packDirectory);
const { generator, name, version } = manifest;
if (!generator) throw new Error(`The pack ${name} has no generator.`);
const pixels = generator.sizes[0]![0];
const file = join("data", "experiment", `${name}-${hash.slice(0, 12)}.jsonl`);
if (values.fresh) await rm(file, { force: true });
const store = await openDrawStore(file);
const engine = await startLanes({ packDirectory });
const settings = { pack: { name, version, hash }, generator };
const started = performance.now();
const say = (text: string) =>
  process.stderr.write(`${Math.round((performance.now() - started) / 1000)} s: ${text}\n`);

try {
  for (let index = 0; index < size.edits; index++) {
    const known = await knownEdit(index, pixels);
    for (const arm of arms) {
      const wanted = arm === "free" ? Math.max(size.pool, size.draws) : size.draws;
      if (canDraw(arm, known)) await drawArm(arm, known, index, wanted);
    }
    say(`${index + 1} of ${size.edits} edits (${known.editType})`);
  }
  const scenes = await Promise.all(Array.from({ length: references }, (_, i) => referenceScene(i, pixels)));
  const reference = (await engine.embedImage(scenes, { model: "selfSupervised" })).map(rounded);
  const rows = store.rows().filter((row) => row.edit < size.edits);
  const types = await Promise.all(Array.from({ length: size.edits }, async (_, i) => knownEdit(i, pixels)));
  const results = evaluate({
    rows,
    size,
    reference,
    editTypes: types.map(({ editType }) => editType),
    thresholds: (editType) => thresholdsFor(manifest.thresholds.freeForm, "freeForm", editType),
  });
  const command = `npm run experiment${values.quick ? " -- --quick" : ""}`;
  await writeReport(values.out, { results, size, command, pack: settings.pack, references });
  say(`wrote ${values.out}/experiment.md`);
} finally {
  await engine.close();
}

/** Makes what is missing of an arm's draws of one edit, four at a time. */
async function drawArm(arm: Arm, known: KnownEdit, edit: number, wanted: number): Promise<void> {
  const missing = Array.from({ length: wanted }, (_, draw) => draw).filter(
    (draw) => !store.has(arm, edit, draw),
  );
  for (let at = 0; at < missing.length; at += 4) {
    const indices = missing.slice(at, at + 4);
    const { pairs, failed } = await drawBatch(
      engine,
      indices.map((draw) => planDraw(arm, known, settings, draw)),
    );
    if (failed[0]) throw new Error(`${arm}, edit ${edit}: ${failed[0]}`);
    const embeddings = await engine.embedImage(
      pairs.map(({ pair }) => pair.source),
      { model: "selfSupervised" },
    );
    for (const [i, { index, pair }] of pairs.entries()) {
      await store.add(measure(arm, known, edit, indices[index]!, pair, rounded(embeddings[i]!)));
    }
  }
}

function measure(
  arm: Arm,
  known: KnownEdit,
  edit: number,
  draw: number,
  { source, target, scores, facts }: Awaited<ReturnType<typeof drawBatch>>["pairs"][number]["pair"],
  embedding: number[],
): DrawRow {
  const { scene, exact, mask } = known;
  const local = known.edit.region;
  return {
    arm,
    edit,
    draw,
    scores,
    unetRows: facts.unetRows,
    success: arm === "no-anchor" ? null : succeeds(target, scene, exact, mask),
    outside: local ? (regionChange(source, target, mask).outside ?? null) : null,
    fidelity: meanChange(source, scene),
    labError: labDistance(target, exact, mask),
    seam: local ? seam(source, target, mask) : null,
    embedding,
  };
}

function rounded(vector: Float32Array): number[] {
  return Array.from(vector, (value) => Math.round(value * 1e4) / 1e4);
}
