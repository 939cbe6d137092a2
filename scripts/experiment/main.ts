/**
 * The claims of the UltraEdit paper in miniature, on Storybook edits whose exact outcome is known:
 *   npm run experiment [-- --quick] [-- --first 0 --edits 27 --draws 6 --pool 30 --region-pool 100] [-- --fresh]
 * Writes docs/experiment.md and docs/experiment.json. Draws are kept under data/experiment/ by what makes them, so that a
 * stopped experiment goes on where it was.
 */
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type DrawNoise, isSameNoise, noiseOf } from "@/lib/domain/draw-noise";
import type { EditType } from "@/lib/domain/edit-types";
import type { ChosenDraw, SettingChoices } from "@/lib/domain/sampling/draw-settings";
import { thresholdsFor } from "@/lib/domain/thresholds";
import { startLanes } from "@/lib/inference/start-lanes";
import { loadManifest } from "@/lib/packs/load-manifest";
import type { PackManifest } from "@/lib/packs/manifest";
import { meanChange, regionChange } from "@/lib/perception/measures/change";
import { drawBatch } from "@/lib/stages/draw-batch";
import { settingOfRecipe } from "@/lib/stages/setting-choices";
import type { StorybookEditType } from "@/lib/storybook/edit-draft";
import {
  type AdaptiveArm,
  type Arm,
  adaptiveArms,
  arms,
  canDraw,
  choicesOf,
  isRegionArm,
  planDraw,
} from "./arms";
import { type DrawRow, openDrawStore } from "./draw-store";
import { evaluate } from "./evaluate";
import { type KnownEdit, knownEdit, referenceScene } from "./ground-truth";
import { labDistance, seam, succeeds } from "./outcome";
import { writeReport } from "./report";
import { adaptivePolicy, adaptiveRules } from "./sampling";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    first: { type: "string" },
    edits: { type: "string" },
    draws: { type: "string" },
    pool: { type: "string" },
    "region-pool": { type: "string" },
    pack: { type: "string", default: "storybook" },
    out: { type: "string", default: "docs" },
    fresh: { type: "boolean", default: false },
  },
});
const size = values.quick
  ? { first: 0, edits: 18, draws: 2, pool: 8, "region-pool": 12 }
  : { first: 0, edits: 36, draws: 4, pool: 30, "region-pool": 100 };
const sizes = ["first", "edits", "draws", "pool", "region-pool"] as const;
for (const key of sizes) {
  if (values[key]) size[key] = Number(values[key]);
}
const references = 60;

const packDirectory = resolve("models", values.pack);
const { manifest, hash } = await loadManifest(packDirectory);
const { generator, name, version } = manifest;
if (!generator) throw new Error(`The pack ${name} has no generator.`);
const pixels = generator.sizes[0]![0];
const file = join("data", "experiment", `${name}-${drawingHash(manifest).slice(0, 12)}.jsonl`);
if (values.fresh) await rm(file, { force: true });
const store = await openDrawStore(file);
const engine = await startLanes({ packDirectory });
const settings = { pack: { name, version, hash }, generator };
const policies = new Map(
  adaptiveArms.map((arm) => [
    arm,
    adaptivePolicy(
      choicesOf(arm, settings),
      isRegionArm(arm) ? size["region-pool"] : size.pool,
      adaptiveRules[arm],
    ),
  ]),
);
/** Draws that the adaptive policies made of each edit; the store may hold more, of plans that were changed. */
const adaptiveDraws = new Map<string, number>();
const started = performance.now();
const say = (text: string) =>
  process.stderr.write(`${Math.round((performance.now() - started) / 1000)} s: ${text}\n`);

try {
  const editTypes = new Map<number, StorybookEditType>();
  for (let index = size.first; index < size.first + size.edits; index++) {
    const known = await knownEdit(index, pixels);
    editTypes.set(index, known.editType);
    for (const arm of arms) {
      if (canDraw(arm, known)) await drawArm(arm, known, index, Math.max(size.draws, poolOf(arm)));
    }
    for (const arm of adaptiveArms) {
      if (canDraw(arm, known)) await drawAdaptively(arm, known, index);
    }
    say(`${editTypes.size} of ${size.edits} edits (${known.editType})`);
  }
  const scenes = await Promise.all(Array.from({ length: references }, (_, i) => referenceScene(i, pixels)));
  const reference = (await engine.embedImage(scenes, { model: "selfSupervised" })).map(rounded);
  const rows = store.rows().filter((row) => editTypes.has(row.edit));
  const results = evaluate({
    rows,
    size,
    reference,
    adaptiveDraws: (arm, edit) => adaptiveDraws.get(`${arm} ${edit}`) ?? 0,
    editTypes,
    choices: (arm) => choicesOf(arm, settings),
    thresholds: boundsOf,
  });
  const asked = sizes.flatMap((key) => (values[key] ? [`--${key} ${values[key]}`] : []));
  const options = [...(values.quick ? ["--quick"] : []), ...asked].join(" ");
  const command = `npm run experiment${options && ` -- ${options}`}`;
  await writeReport(values.out, { results, size, command, pack: settings.pack, references });
  say(`wrote ${values.out}/experiment.md`);
} finally {
  await engine.close();
}

/** Draws of the published policy, where an arm is drawn for the comparison of policies. */
function poolOf(arm: Arm): number {
  return arm === "free" ? size.pool : arm === "region" ? size["region-pool"] : 0;
}

/** The pack's bounds for an arm's draws. */
function boundsOf(arm: Arm, editType: EditType) {
  const stage = isRegionArm(arm) ? "region" : "freeForm";
  return thresholdsFor(manifest.thresholds[stage], stage, editType);
}

/** Makes what is missing of an arm's draws of one edit, four at a time. */
async function drawArm(arm: Arm, known: KnownEdit, edit: number, wanted: number): Promise<void> {
  const missing = Array.from({ length: wanted }, (_, index) => ({ index })).filter(
    ({ index }) => !store.has(arm, edit, index),
  );
  for (let at = 0; at < missing.length; at += 4) await make(arm, known, edit, missing.slice(at, at + 4));
}

/** Draws one edit as a run's plan would, learning from the edits before; draws that are in the store are not made again. */
async function drawAdaptively(arm: AdaptiveArm, known: KnownEdit, edit: number) {
  const choices = choicesOf(arm, settings);
  const made = await policies
    .get(arm)!
    .run(known.editType, boundsOf(arm, known.editType), async (first, chosen) => {
      const asked = chosen.map((draw, i) => ({ index: first + i, chosen: draw }));
      await make(
        arm,
        known,
        edit,
        asked.filter((draw) => {
          const wanted = planDraw(arm, known, settings, draw.index, draw.chosen).recipe;
          return !isDraw(store.get(arm, edit, draw.index), choices, draw.chosen, noiseOf(wanted));
        }),
      );
      return asked.map(({ index }) => store.get(arm, edit, index)!);
    });
  adaptiveDraws.set(`${arm} ${edit}`, made);
}

/** Whether a draw in the store is the one that is asked now: a plan that was changed asks for others. */
function isDraw(
  row: DrawRow | undefined,
  choices: SettingChoices,
  { steps, band }: ChosenDraw,
  noise: DrawNoise,
): boolean {
  if (!row || row.steps !== steps || !isSameNoise(row.noise, noise)) return false;
  return band === null || settingOfRecipe(choices, { steps, control: { self: row.threshold } }).band === band;
}

async function make(
  arm: Arm,
  known: KnownEdit,
  edit: number,
  asked: readonly { index: number; chosen?: ChosenDraw }[],
): Promise<void> {
  if (asked.length === 0) return;
  const { pairs, failed } = await drawBatch(
    engine,
    asked.map(({ index, chosen }) => planDraw(arm, known, settings, index, chosen)),
  );
  if (failed[0]) throw new Error(`${arm}, edit ${edit}: ${failed[0]}`);
  const embeddings = await engine.embedImage(
    pairs.map(({ pair }) => pair.source),
    { model: "selfSupervised" },
  );
  for (const [i, { index, pair }] of pairs.entries()) {
    await store.add(measure(arm, known, edit, asked[index]!.index, pair, rounded(embeddings[i]!)));
  }
}

/** Names what decides the draws: every file of the pack but its card and its thresholds. */
function drawingHash({ files, generator: role, modelCard }: PackManifest): string {
  const drawing = Object.entries(files).filter(
    ([path]) => ![modelCard, "thresholds.json", "vocabulary.json"].includes(path),
  );
  return createHash("sha256")
    .update(JSON.stringify([drawing, role]))
    .digest("hex");
}

function measure(
  arm: Arm,
  known: KnownEdit,
  edit: number,
  draw: number,
  { inputs, source, target, scores, facts }: Awaited<ReturnType<typeof drawBatch>>["pairs"][number]["pair"],
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
    noise: noiseOf(inputs),
    steps: inputs.steps,
    threshold: inputs.control.self,
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
