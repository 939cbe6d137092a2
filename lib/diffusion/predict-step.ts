import type { StepControl } from "./attention/pair-control";
import type { PairState } from "./pair-state";
import { type SourceTrack, sourceBefore } from "./source-track";
import type { TextConditioning } from "./text-conditioning";
import type { UnetPair, UnetPairResult, UnetRow, UnetRunner } from "./unet-runner";

/** What the UNet says of one pair at one step, guidance applied. */
export interface Predictions {
  /** Absent where the source had taken the step before. */
  readonly source: Float32Array | undefined;
  readonly target: Float32Array;
  readonly maps: UnetPairResult["maps"];
  /** Rows that were run for the pair: those of a shared source are counted with one of its pairs. */
  readonly rows: number;
}

/**
 * One step of UNet work. A target's row runs on the controlled graph if its own control acts at its own step, else on
 * the plain one; a source's row follows its route; guidance rows always run on the plain graph. So neither depends on
 * what shares the batch.
 *
 * The controlled graph takes rows as (source, target) pairs, so each controlled target brings a row of its source along,
 * and a controlled source without a controlled target, a target row that is not used. Plain and guidance rows of a source
 * are run once for all its targets, and not at all where the source has taken the step already.
 */
export async function predictStep(
  pairs: readonly PairState[],
  controls: readonly StepControl[],
  i: number,
  unet: UnetRunner,
): Promise<Predictions[]> {
  const controlled = collect<UnetPair, UnetPairResult>();
  const plain = collect<UnetRow, Float32Array>();
  const leaders = leadersOf(pairs, controls, i);

  const planned = pairs.map((pair, index) => {
    const { source: track, sourceText, targetText, negativeText } = pair;
    const step = controls[index]!;
    let rows = 0;
    const couple = () => {
      rows += 2;
      const source = rowOf(pair, sourceBefore(track, i), sourceText, i);
      return controlled.add({
        source,
        target: rowOf(pair, pair.target, targetText, i),
        control: pair.control,
        step,
      });
    };
    const single = (latents: Float32Array, text: TextConditioning) => {
      rows += 1;
      return plain.add(rowOf(pair, latents, text, i));
    };

    const own = step.needed ? couple() : null;
    const target = own ? () => own().target : single(pair.target, targetText);
    const targetAway = negativeText && single(pair.target, negativeText);
    if (leaders.get(track) !== pair) return { pair, own, target, targetAway, rows };

    const before = sourceBefore(track, i);
    const together = track.route[i] === "controlled" ? (own ?? couple()) : null;
    const source = together ? () => together().source : single(before, sourceText);
    // Both start from the same latents, which without their captions need one row.
    const sourceAway = before === pair.target ? targetAway : negativeText && single(before, negativeText);
    return { pair, own, target, targetAway, source, sourceAway, rows };
  });

  await controlled.run(unet.controlled);
  await plain.run(unet.plain);

  return planned.map(({ pair, own, target, targetAway, source, sourceAway, rows }) => {
    const { guidance } = pair.request;
    return {
      source: source && guide(sourceAway, source(), guidance),
      target: guide(targetAway, target(), guidance),
      maps: own?.().maps,
      rows,
    };
  });
}

/**
 * For each source that is to take step `i`, the pair with which it does: one whose target is under control brings the
 * source's row along, so no other has to be run for it.
 */
function leadersOf(
  pairs: readonly PairState[],
  controls: readonly StepControl[],
  i: number,
): ReadonlyMap<SourceTrack, PairState> {
  const leaders = new Map<SourceTrack, PairState>();
  const waiting = pairs.filter(({ source }) => source.steps.length <= i);
  for (const pair of waiting) if (!leaders.has(pair.source)) leaders.set(pair.source, pair);
  const coupled = pairs.filter((pair, index) => controls[index]!.needed && waiting.includes(pair));
  for (const pair of coupled.reverse()) leaders.set(pair.source, pair);
  return leaders;
}

function rowOf(pair: PairState, latents: Float32Array, text: TextConditioning, i: number): UnetRow {
  const { schedule, request } = pair;
  return {
    input: schedule.modelInput(latents, i),
    timestep: schedule.timesteps[i]!,
    text,
    size: request.size,
  };
}

/** Classifier-free guidance (Ho and Salimans 2022), where there is something to move away from. */
function guide(away: (() => Float32Array) | undefined, towards: Float32Array, scale: number): Float32Array {
  const without = away?.();
  return without ? without.map((value, e) => value + scale * (towards[e]! - value)) : towards;
}

/** Gathers work for one run; what `add` returns gives the result once it was run. */
function collect<T, R>() {
  const all: T[] = [];
  let results: readonly R[] = [];
  return {
    add(item: T): () => R {
      const at = all.push(item) - 1;
      return () => results[at]!;
    },
    async run(work: (items: readonly T[]) => Promise<R[]>): Promise<void> {
      results = await work(all);
    },
  };
}
