// The pipeline against diffusers and PyTorch on this machine's processor: the same weights, edits, noise, steps and batch,
// in turn, and the pictures compared. PENTIMENTO_PYTHON names a Python with the packages of models/requirements.txt.
import { resolve } from "node:path";
import type { GenerationRequest } from "@/lib/diffusion/types";
import type { RgbImage } from "@/lib/domain/image";
import { meanSquaredError, psnrOf } from "@/lib/domain/image-difference";
import { runConfigSchema } from "@/lib/domain/run-config";
import { startLanes } from "@/lib/inference/start-lanes";
import type { InferenceEngine } from "@/lib/inference/types";
import { loadManifest } from "@/lib/packs/load-manifest";
import type { ScoreRequest } from "@/lib/perception/types";
import { toRequest } from "@/lib/stages/draw-batch";
import { recipeInputs } from "@/lib/stages/free-form";
import { type Benchmark, format, type Measured, median } from "./benchmark";
import { type PipelinePeer, pytorch, withPipelinePeer } from "./pipeline-peer";
import { storybookEdits } from "./storybook-edits";

const packDirectory = resolve("models/storybook");
const rounds = 7;
/** Rounds before those: models load, and the engine of JavaScript compiles what is used often. */
const warmUps = 3;
/** Numbers of steps that runs with the pack choose from: the fewer, the more the VAE weighs. */
const stepCounts = [4, 6, 10] as const;
/** Pairs drawn together: what runs do by default, which the promises are for, and one alone, for the note. */
const batches = [runConfigSchema.parse({ name: "bench" }).freeForm.batch, 1];
/** Below this many dB between both sides' pictures it is not the same work. */
const leastPsnr = 35;
const mostScoreDifference = 1e-3;

interface Sides {
  engine: InferenceEngine;
  peer: PipelinePeer;
}

/** Seconds of one round on both sides. */
interface Round {
  ours: number;
  theirs: number;
}

async function withSides(use: (sides: Sides) => Promise<Measured>): Promise<Measured> {
  const engine = await startLanes({ packDirectory });
  try {
    return await withPipelinePeer(packDirectory, (peer) => use({ engine, peer }));
  } finally {
    await engine.close();
  }
}

/**
 * Requests as runs make them by default, each on a scene of its own, so that nothing remembered helps, and with equal steps, which
 * diffusers has in common for a batch.
 */
async function requestsOf(round: number, batch: number, steps: number): Promise<GenerationRequest[]> {
  const { manifest, hash } = await loadManifest(packDirectory);
  const { generator, name, version } = manifest;
  if (!generator) throw new Error("The pack has no generator.");
  const edits = await storybookEdits(batch, 100 * batch + round, generator.sizes[0]!);
  const stage = { ...runConfigSchema.parse({ name: "bench" }).freeForm, steps };
  const settings = { runSeed: round, stage, pack: { name, version, hash }, generator };
  return edits.map((edit) => toRequest(recipeInputs(edit, settings, 0), edit.anchor?.image));
}

/** Median of their time over ours, with the default batch; the note has the other's too. */
async function faster(
  run: (round: number, batch: number) => Promise<Round>,
  unit: string,
): Promise<Measured> {
  const results: { value: number; note: string }[] = [];
  for (const batch of batches) {
    const times: Round[] = [];
    for (let round = 0; round < warmUps + rounds; round++) {
      const measured = await run(round, batch);
      if (round >= warmUps) times.push(measured);
    }
    const value = median(times.map(({ ours, theirs }) => theirs / ours));
    const [ours, theirs] = [median(times.map((time) => time.ours)), median(times.map((time) => time.theirs))];
    const ms = (seconds: number) => format(1000 * seconds);
    const note = `${batch} at a time ${ms(ours)} ms ${unit}, theirs ${ms(theirs)} (${format(value)} ×)`;
    results.push({ value, note });
  }
  return {
    value: results[0]!.value,
    note: `${results.map(({ note }) => note).join("; ")}; medians of ${rounds}`,
  };
}

async function draw(engine: InferenceEngine, requests: readonly GenerationRequest[]) {
  const began = performance.now();
  const outcomes = await engine.generatePairs(requests);
  const seconds = (performance.now() - began) / 1000;
  const pairs = outcomes.map((outcome) => {
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.pair;
  });
  // Lanes draw at the same time: a step of the batch takes as long as the slower one's.
  const steps = pairs.map(({ timings, recipe }) => timings.unet / 1000 / recipe.steps.length);
  return { seconds, step: Math.max(...steps), pairs };
}

const psnr = (a: RgbImage, b: RgbImage) => psnrOf(meanSquaredError(a.data, b.data));

/** Draws requests on both sides, whose order alternates, and compares what came out. */
async function drawBoth({ engine, peer }: Sides, requests: readonly GenerationRequest[], round: number) {
  const first = round % 2 === 0 ? await peer.draw(requests) : undefined;
  const ours = await draw(engine, requests);
  const theirs = first ?? (await peer.draw(requests));
  const alike = ours.pairs.flatMap(({ source, target }, n) => [
    psnr(source, theirs.pairs[n]!.source),
    psnr(target, theirs.pairs[n]!.target),
  ]);
  const worst = Math.min(...alike);
  if (worst < leastPsnr) throw new Error(`Their pictures differ from ours: PSNR ${worst.toFixed(1)} dB.`);
  return { ours, theirs, worst };
}

async function endToEnd(sides: Sides, steps: number): Promise<Measured> {
  let worst = Number.POSITIVE_INFINITY;
  const { value, note } = await faster(async (round, batch) => {
    const both = await drawBoth(sides, await requestsOf(round, batch, steps), round);
    worst = Math.min(worst, both.worst);
    return { ours: both.ours.seconds / batch, theirs: both.theirs.seconds / batch };
  }, "a pair");
  return { value, note: `${note}; pictures alike to ${worst.toFixed(0)} dB or better` };
}

/** Steps at which attention control and local blending act on every pair. */
function controlledStep(sides: Sides): Promise<Measured> {
  return faster(async (round, batch) => {
    const requests = (await requestsOf(round, batch, 6)).map((request) => ({
      ...request,
      control: { ...request.control, cross: 1, self: 1 },
    }));
    const { ours, theirs } = await drawBoth(sides, requests, round);
    return { ours: ours.step, theirs: theirs.step };
  }, "a step");
}

/** All scores of two scenes as a pair. */
function scoring({ engine, peer }: Sides): Promise<Measured> {
  return faster(async (round, batch) => {
    const sources = await requestsOf(round, batch, 6);
    const targets = await requestsOf(round + 1000, batch, 6);
    const asked = sources.map(
      ({ anchor, sourceCaption, targetCaption }, n): ScoreRequest => ({
        source: anchor!,
        target: targets[n]!.anchor!,
        sourceCaption,
        targetCaption,
      }),
    );
    const theirs = await peer.score(asked);
    const began = performance.now();
    const ours = await engine.score(asked);
    const seconds = (performance.now() - began) / 1000;
    for (const [n, { scores }] of ours.entries()) {
      for (const [id, value] of Object.entries(scores)) {
        const difference = Math.abs(value - theirs.scores[n]![id]!);
        if (!(difference <= mostScoreDifference))
          throw new Error(`Their ${id} differs from ours by ${difference.toExponential(1)}.`);
      }
    }
    return { ours: seconds / batch, theirs: theirs.seconds / batch };
  }, "a pair");
}

const against = (
  name: string,
  atLeast: number,
  measureSides: (sides: Sides) => Promise<Measured>,
): Benchmark => ({
  name: `pipeline/${name}`,
  unit: "×",
  target: { atLeast },
  peer: pytorch,
  needsPeer: true,
  run: () => withSides(measureSides),
});

export const benchmarks: Benchmark[] = [
  ...stepCounts.map((steps) => against(`end-to-end-${steps}-steps`, 1.3, (sides) => endToEnd(sides, steps))),
  against("controlled-step", 1.1, controlledStep),
  against("scoring", 1, scoring),
];
