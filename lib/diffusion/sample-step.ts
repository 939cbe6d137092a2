import { addBlendMaps, blendLatents, emptyBlendMaps, localBlendMask } from "./attention/local-blend";
import { type StepControl, stepControl } from "./attention/pair-control";
import { holdAnchor } from "./hold-anchor";
import { normalNoise } from "./noise";
import type { PairState } from "./pair-state";
import { blendBackground, blendsAfter } from "./region-blend";
import type { TextConditioning } from "./text-conditioning";
import type { UnetPairResult, UnetRow, UnetRunner } from "./unet-runner";

/**
 * Takes every pair one step on. A pair's rows run on the controlled graph if its own control acts at its own step,
 * else on the plain one; guidance rows always run on the plain one. So a pair's graphs do not depend on its mates.
 */
export async function sampleStep(pairs: readonly PairState[], i: number, unet: UnetRunner): Promise<void> {
  const controls = pairs.map((pair) => stepControl(pair.control, i));
  const predictions = await predict(pairs, controls, i, unet);
  pairs.forEach((pair, index) => {
    advance(pair, controls[index]!, predictions[index]!, i);
  });
}

/** Source and target predictions of every pair, guidance applied. */
async function predict(
  pairs: readonly PairState[],
  controls: readonly StepControl[],
  i: number,
  unet: UnetRunner,
): Promise<UnetPairResult[]> {
  const row = (pair: PairState, latents: Float32Array, text: TextConditioning): UnetRow => ({
    input: pair.schedule.modelInput(latents, i),
    timestep: pair.schedule.timesteps[i]!,
    text,
    size: pair.request.size,
  });
  const sourceRow = (pair: PairState) => row(pair, pair.source, pair.sourceText);
  const targetRow = (pair: PairState) => row(pair, pair.target, pair.targetText);

  const controlled = pairs.flatMap((pair, index) =>
    controls[index]!.needed ? [{ pair, step: controls[index]! }] : [],
  );
  const free = pairs.filter((_, index) => !controls[index]!.needed);
  const guided = pairs.filter((pair) => pair.negativeText);
  const controlledResults = await unet.controlled(
    controlled.map(({ pair, step }) => ({
      source: sourceRow(pair),
      target: targetRow(pair),
      control: pair.control,
      step,
    })),
  );
  const plainResults = await unet.plain([
    ...free.flatMap((pair) => [sourceRow(pair), targetRow(pair)]),
    ...guided.flatMap((pair) => [
      row(pair, pair.source, pair.negativeText!),
      row(pair, pair.target, pair.negativeText!),
    ]),
  ]);

  return pairs.map((pair) => {
    const c = controlled.findIndex((entry) => entry.pair === pair);
    const f = free.indexOf(pair);
    const g = guided.indexOf(pair);
    const own =
      c >= 0 ? controlledResults[c]! : { source: plainResults[2 * f]!, target: plainResults[2 * f + 1]! };
    pair.unetEvaluations += g >= 0 ? 4 : 2;
    if (g < 0) return own;
    const at = 2 * (free.length + g);
    const { guidance } = pair.request;
    return {
      ...own,
      source: guide(plainResults[at]!, own.source, guidance),
      target: guide(plainResults[at + 1]!, own.target, guidance),
    };
  });
}

/** Classifier-free guidance (Ho and Salimans 2022). */
function guide(without: Float32Array, withText: Float32Array, scale: number): Float32Array {
  return without.map((value, e) => value + scale * (withText[e]! - value));
}

function advance(pair: PairState, control: StepControl, predicted: UnetPairResult, i: number): void {
  const { schedule, request } = pair;
  const count = schedule.timesteps.length;
  // One noise for both rows: what differs between them must come from the captions alone.
  const noise = schedule.needsNoise(i) ? normalNoise(request.seed, "step", i, pair.source.length) : undefined;
  pair.source = schedule.step(pair.source, predicted.source, i, noise);
  pair.target = schedule.step(pair.target, predicted.target, i, noise);
  if (request.keepAnchor) holdAnchor(pair, i);
  keepOutsideWords(pair, predicted);

  const blended = pair.mask !== undefined && blendsAfter(request.region?.blend ?? "alternate", i, count);
  if (blended && pair.mask && pair.anchor) {
    const background = i + 1 < count ? schedule.addNoise(pair.anchor, pair.initialNoise, i + 1) : pair.anchor;
    pair.source = blendBackground(pair.source, background, pair.mask);
    pair.target = blendBackground(pair.target, background, pair.mask);
  }
  pair.steps.push({
    timestep: schedule.timesteps[i]!,
    graph: control.needed ? "controlled" : "plain",
    selfGate: control.selfGate,
    controlledTokens: control.alpha.reduce((sum, alpha) => sum + (alpha > 0 ? 1 : 0), 0),
    blended,
  });
}

function keepOutsideWords(pair: PairState, { maps }: UnetPairResult): void {
  const blend = pair.control.localBlend;
  if (!blend || !maps) return;
  pair.blendMaps ??= emptyBlendMaps(maps.height, maps.width);
  addBlendMaps(pair.blendMaps, blend, maps.source, maps.target);
  const [height, width] = pair.latentSize;
  const mask = localBlendMask(pair.blendMaps, blend.threshold, height, width);
  blendLatents(pair.target, pair.source, mask);
}
