import { type DrawNoise, isSameNoise, noiseOfSeed, rootOf, turnNoise } from "../draw-noise";
import { expectedImprovement } from "../statistics/normal";
import { drawModel } from "./draw-model";
import type { DrawOutcome } from "./draw-outcome";
import { allSettings, type ChosenDraw, type DrawSetting, type SettingChoices } from "./draw-settings";
import { effectsOf } from "./effects";
import { addLessons, cellsOf, fits, type Lessons, lessonOf, noLessons, passesOf } from "./lessons";
import { lineagesOf, newDraws } from "./lineages";

/** What is known before the next draws of an edit. */
export interface DrawKnowledge {
  readonly choices: SettingChoices;
  /** What finished edits of the type taught in this stage of the run. */
  readonly lessons: Lessons | null;
  /** The edit's own draws. */
  readonly outcomes: readonly DrawOutcome[];
  /** Pairs kept of one edit. */
  readonly keep: number;
}

/** Draws that the type's lessons are worth at most: what settings give differs within a type, so they only open an edit. */
const typeWeight = 2;
/** Draws that the type's pass rate is worth for each setting. */
const rateWeight = 2;
/**
 * Standard deviations above its estimate at which a pass rate counts, and a direction while there is none to exceed, so that
 * what was seldom tried is tried.
 */
const curiosity = 2;
/** Direction expected of the first edit of a type: nothing depends on it but the order of equals. */
const unknownLevel = 0.5;
/** How far noise that is taken up may be turned, as shares of a right angle: towards new noise, and the way it rises. */
export const sidewaysTurns = [0.4, 0.2] as const;
export const uphillTurns = [0.6, 0.4, 0.2] as const;
/** New noises drawn before the best are taken up: of fewer the best is seldom good. */
const fewestNew = 6;
/** Noises that are taken up again at most: those of the best draws. */
const mostTakenUp = 12;

/**
 * The next draws: for each the noise and the setting that are expected to raise the directions of the kept pairs most for a
 * UNet evaluation. A draw that is chosen but not yet made is believed to come out as expected.
 */
export function chooseDraws(knowledge: DrawKnowledge, count: number): ChosenDraw[] {
  const known = whatIsKnown(knowledge, fewestNew);
  const planned: DrawOutcome[] = [];
  return Array.from({ length: count }, () => {
    const [best] = rank(knowledge, known, planned, curiosity);
    const { draw, noise, mean } = best!;
    planned.push({ noise, setting: draw, direction: mean, passed: true });
    return draw;
  });
}

/**
 * By how much the next draw is expected to raise the mean direction of the edit's kept pairs, at the cost of a draw with
 * most steps. Until `keep` have passed every pass counts from 0; from then on noise that may be taken up counts, although it
 * is not yet taken up.
 */
export function expectedRaise(knowledge: DrawKnowledge): number {
  const { choices, keep } = knowledge;
  const [best] = rank(knowledge, whatIsKnown(knowledge, keep), [], 0);
  return (best!.worth * Math.max(...choices.costs)) / keep;
}

/** What the type's lessons say, with the edit's own draws; those that are only planned change none of it. */
function whatIsKnown({ choices, lessons, outcomes, keep }: DrawKnowledge, fewest: number) {
  const known = lessons && fits(lessons, choices) ? lessons : noLessons(choices);
  const weight = known.draws > typeWeight ? typeWeight / known.draws : 1;
  const opening = addLessons(noLessons(choices), known, weight);
  // Draws that take up noise say of this edit how often they pass.
  const own = { ...lessonOf(choices, outcomes), ...passesOf(choices, outcomes) };
  const all = addLessons(own, known, weight);
  const lineages = lineagesOf(choices, outcomes);
  const mayTakeUp = choices.varied && newDraws(choices, outcomes).length >= fewest && lineages.length >= keep;
  const total = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);
  const level = known.edits > 0 ? known.level / known.edits : unknownLevel;
  const effects = effectsOf(choices, opening);
  return {
    all,
    rate: (total(all.passed) + 1) / (total(all.drawn) + 2),
    spread: effects.spread,
    expected: (setting: DrawSetting) => level + effects.of(setting),
    takenUp: mayTakeUp ? bestNoises(outcomes) : [],
    /** Of the pairs that would be kept now. */
    keptNoises: lineages.slice(0, keep).map(({ noise }) => noise),
  };
}

/** All draws by their worth: expected gain in direction per UNet evaluation. Equals stay in their order. */
function rank(
  { choices, outcomes, keep }: DrawKnowledge,
  { all, rate, spread, expected, takenUp, keptNoises }: ReturnType<typeof whatIsKnown>,
  planned: readonly DrawOutcome[],
  curious: number,
) {
  const made = [...outcomes, ...planned];
  const model = drawModel(outcomes, planned, spread, expected);
  // One pair of a lineage is kept: what a draw has to exceed. Before there are enough of them, one more adds all it has.
  const lineages = lineagesOf(choices, made);
  const kept = new Map(lineages.slice(0, keep).map(({ noise, direction }) => [rootOf(noise), direction]));
  const replaced = lineages[keep - 1]?.direction;
  // So that the pairs that are kept do not become alike.
  const keptBeside = (noise: DrawNoise) => keptNoises.filter((other) => rootOf(other) !== rootOf(noise));
  const settings = allSettings(choices).map((setting) => {
    const cells = cellsOf(choices, setting);
    const drawn = cells.reduce((sum, [cell]) => sum + all.drawn[cell]!, 0);
    const passed = cells.reduce((sum, [cell]) => sum + all.passed[cell]!, 0);
    const weight = drawn + rateWeight;
    const estimate = (passed + rateWeight * rate) / weight;
    const doubt = Math.sqrt((estimate * (1 - estimate)) / weight);
    const cost = choices.costs[choices.steps.indexOf(setting.steps)]!;
    return { setting, passRate: Math.min(1, estimate + curious * doubt), cost };
  });
  // Stands for the draw's own noise, whose seed is not known yet.
  const own = noiseOfSeed(-1 - planned.length);
  const option = (
    { setting, passRate, cost }: (typeof settings)[number],
    from: DrawNoise | null,
    turn = 0,
  ) => {
    const noise = from ? turnNoise(from, own, turn) : own;
    const { mean, sd } = model.believe({ setting, noise });
    const gain =
      replaced === undefined
        ? mean + curious * sd
        : expectedImprovement(mean, sd, kept.get(rootOf(noise)) ?? replaced);
    return { draw: { ...setting, noise: from, turn }, noise, mean, worth: (passRate * gain) / cost };
  };
  const isMade = ({ steps, band }: DrawSetting, noise: DrawNoise) =>
    made.some(
      (draw) => draw.setting.steps === steps && draw.setting.band === band && isSameNoise(draw.noise, noise),
    );
  return settings
    .flatMap((entry) => {
      const { setting } = entry;
      const uphill = takenUp.flatMap((noise) => {
        const ascent = model.ascent({ setting, noise }, keptBeside(noise));
        return ascent ? uphillTurns.map((turn) => turnNoise(noise, ascent, turn)) : [];
      });
      return [
        option(entry, null),
        ...takenUp.flatMap((noise) => sidewaysTurns.map((turn) => option(entry, noise, turn))),
        ...[...takenUp, ...uphill]
          .filter((noise) => !isMade(setting, noise))
          .map((noise) => option(entry, noise)),
      ];
    })
    .sort((a, b) => b.worth - a.worth);
}

/** The noises of the draws with the highest directions. */
function bestNoises(outcomes: readonly DrawOutcome[]): DrawNoise[] {
  const sorted = outcomes
    .filter(({ passed, direction }) => passed && direction !== null)
    .sort((a, b) => b.direction! - a.direction!);
  const noises: DrawNoise[] = [];
  for (const { noise } of sorted) {
    if (!noises.some((other) => isSameNoise(noise, other))) noises.push(noise);
    if (noises.length === mostTakenUp) break;
  }
  return noises;
}
