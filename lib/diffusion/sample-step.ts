import { addBlendMaps, blendLatents, emptyBlendMaps, localBlendMask } from "./attention/local-blend";
import { type StepControl, stepControl } from "./attention/pair-control";
import { anchorAfter } from "./hold-anchor";
import { normalNoise } from "./noise";
import type { PairState } from "./pair-state";
import { type Predictions, predictStep } from "./predict-step";
import { blendBackground, blendsAfter } from "./region-blend";
import { type SourceStep, sourceBefore } from "./source-track";
import type { UnetRunner } from "./unet-runner";

/** Takes every pair one step on, and every source that is not there yet. Pairs may share their source. */
export async function sampleStep(pairs: readonly PairState[], i: number, unet: UnetRunner): Promise<void> {
  const controls = pairs.map((pair) => stepControl(pair.control, i));
  const predictions = await predictStep(pairs, controls, i, unet);
  // One noise for both rows: what differs between them must come from the captions alone.
  const noises = pairs.map(({ schedule, request, target }) =>
    schedule.needsNoise(i) ? normalNoise(request.seed, "step", i, target.length) : undefined,
  );
  pairs.forEach((pair, index) => {
    const predicted = predictions[index]!.source;
    if (predicted) pair.source.steps[i] ??= sourceStep(pair, predicted, i, noises[index]);
  });
  pairs.forEach((pair, index) => {
    advanceTarget(pair, controls[index]!, predictions[index]!, i, noises[index]);
  });
}

function sourceStep(
  pair: PairState,
  predicted: Float32Array,
  i: number,
  noise: Float32Array | undefined,
): SourceStep {
  const stepped = pair.schedule.step(sourceBefore(pair.source, i), predicted, i, noise);
  const held = (pair.request.keepAnchor && anchorAfter(pair, i)) || stepped;
  return { stepped, held, next: withBackground(pair, held, i) };
}

function advanceTarget(
  pair: PairState,
  control: StepControl,
  predicted: Predictions,
  i: number,
  noise: Float32Array | undefined,
): void {
  const { schedule, request, source } = pair;
  const { stepped, held } = source.steps[i]!;
  pair.target = schedule.step(pair.target, predicted.target, i, noise);
  if (request.keepAnchor) pair.target = pair.target.map((value, e) => value + held[e]! - stepped[e]!);
  keepOutsideWords(pair, held, predicted);
  pair.target = withBackground(pair, pair.target, i);

  pair.unetEvaluations += predicted.rows;
  pair.steps.push({
    timestep: schedule.timesteps[i]!,
    graph: control.needed ? "controlled" : "plain",
    sourceGraph: source.route[i]!,
    selfGate: control.selfGate,
    controlledTokens: control.alpha.reduce((sum, alpha) => sum + (alpha > 0 ? 1 : 0), 0),
    blended: isBlended(pair, i),
  });
}

function isBlended({ mask, request, schedule }: PairState, i: number): boolean {
  return (
    mask !== undefined && blendsAfter(request.region?.blend ?? "alternate", i, schedule.timesteps.length)
  );
}

/** The latents with the background put back, where the region's schedule says so after step `i`. */
function withBackground(pair: PairState, latents: Float32Array, i: number): Float32Array {
  const background = isBlended(pair, i) ? anchorAfter(pair, i) : undefined;
  return background && pair.mask ? blendBackground(latents, background, pair.mask) : latents;
}

function keepOutsideWords(pair: PairState, source: Float32Array, { maps }: Predictions): void {
  const blend = pair.control.localBlend;
  if (!blend || !maps) return;
  pair.blendMaps ??= emptyBlendMaps(maps.source.height, maps.source.width);
  addBlendMaps(pair.blendMaps, blend, maps.source.data, maps.target.data);
  const [height, width] = pair.latentSize;
  const mask = localBlendMask(pair.blendMaps, blend.threshold, height, width);
  blendLatents(pair.target, source, mask);
}
