import type { StepControl } from "./attention/pair-control";
import type { PairState } from "./pair-state";
import { type SourceTrack, sourceBefore } from "./source-track";
import type { TextConditioning } from "./text-conditioning";
import type { CrossMaps, UnetGroup, UnetGroupResult, UnetRow, UnetRunner } from "./unet-runner";

/** What the UNet says of one pair at one step, guidance applied. */
export interface Predictions {
  /** Absent where the source had taken the step before, and with all pairs of a source but one. */
  readonly source: Float32Array | undefined;
  readonly target: Float32Array;
  /** Present where the target is under control, if the graph records them. */
  readonly maps: { readonly source: CrossMaps; readonly target: CrossMaps } | undefined;
  /** Rows that were run for the pair: those that it shares are counted with one of the pairs that share them. */
  readonly rows: number;
}

/**
 * One step of UNet work. A target's row runs on the controlled graph if its own control acts at its own step, else on
 * the plain one; a source's row follows its route; guidance rows always run on the plain graph. So neither depends on
 * what shares the batch.
 *
 * On the controlled graph a source has one row for all its targets that are under control at this step, also where it has
 * taken the step already: they read its attention. All its other rows are run only where it has not.
 */
export async function predictStep(
  pairs: readonly PairState[],
  controls: readonly StepControl[],
  i: number,
  unet: UnetRunner,
): Promise<Predictions[]> {
  const work: StepWork = { i, controlled: collect(), plain: collect() };
  const families = new Map<SourceTrack, Member[]>();
  for (const [index, pair] of pairs.entries()) {
    const family = families.get(pair.source) ?? [];
    families.set(pair.source, [...family, { pair, step: controls[index]! }]);
  }
  const planned = new Map<PairState, () => Predictions>();
  for (const [track, family] of families) planSource(track, family, work, planned);

  await work.controlled.run(unet.controlled);
  await work.plain.run(unet.plain);
  return pairs.map((pair) => planned.get(pair)!());
}

/** A pair of a source, and its control at the step. */
interface Member {
  readonly pair: PairState;
  readonly step: StepControl;
}

interface StepWork {
  readonly i: number;
  readonly controlled: Collection<UnetGroup, UnetGroupResult>;
  readonly plain: Collection<UnetRow, Float32Array>;
}

/** Adds the rows of one source and its pairs to the step's work; `planned` gets how to read each pair's predictions. */
function planSource(
  track: SourceTrack,
  family: readonly Member[],
  { i, controlled, plain }: StepWork,
  planned: Map<PairState, () => Predictions>,
): void {
  const before = sourceBefore(track, i);
  const waits = track.steps.length <= i;
  const coupled = family.filter(({ step }) => step.needed);
  // The pair that the source's rows are counted with.
  const leader = (coupled[0] ?? family[0]!).pair;

  const sourceRow = rowOf(leader, before, leader.sourceText, i);
  const onControlled = coupled.length > 0 || (waits && track.route[i] === "controlled");
  const group = onControlled
    ? controlled.add({
        source: sourceRow,
        targets: coupled.map(({ pair, step }) => ({
          row: rowOf(pair, pair.target, pair.targetText, i),
          control: pair.control,
          step,
        })),
      })
    : undefined;
  const lone = waits && !group ? plain.add(sourceRow) : undefined;
  const sourceRows = () => group?.().sourceRows ?? (lone ? 1 : 0);

  // Before the first step source and targets are the same latents, which without their captions need one row.
  const known = new Map<Float32Array, () => Float32Array>();
  const guidanceRow = (pair: PairState, latents: Float32Array) => {
    const shared = known.get(latents);
    if (shared || !pair.negativeText) return { away: shared, rows: 0 };
    const away = plain.add(rowOf(pair, latents, pair.negativeText, i));
    known.set(latents, away);
    return { away, rows: 1 };
  };

  for (const member of family) {
    const { pair } = member;
    const { guidance } = pair.request;
    const place = coupled.indexOf(member);
    const own = place < 0 ? undefined : () => group!().targets[place]!;
    const free = own ? undefined : plain.add(rowOf(pair, pair.target, pair.targetText, i));
    const target = guidanceRow(pair, pair.target);
    const source = pair === leader && waits ? guidanceRow(pair, before) : undefined;
    planned.set(pair, () => ({
      source: source && guide(source.away, lone?.() ?? group!().source.out, guidance),
      target: guide(target.away, free?.() ?? own!().out, guidance),
      maps: own && mapsOf(group!().source.maps, own().maps),
      rows: 1 + target.rows + (source?.rows ?? 0) + (pair === leader ? sourceRows() : 0),
    }));
  }
}

function mapsOf(source: CrossMaps | undefined, target: CrossMaps | undefined): Predictions["maps"] {
  return source && target && { source, target };
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

/** Work gathered for one run; what `add` returns gives the result once it was run. */
interface Collection<T, R> {
  add(item: T): () => R;
  run(work: (items: readonly T[]) => Promise<R[]>): Promise<void>;
}

function collect<T, R>(): Collection<T, R> {
  const all: T[] = [];
  let results: readonly R[] = [];
  return {
    add(item) {
      const at = all.push(item) - 1;
      return () => results[at]!;
    },
    async run(work) {
      results = await work(all);
    },
  };
}
