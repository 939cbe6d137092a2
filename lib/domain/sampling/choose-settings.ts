import { expectedImprovement } from "../statistics/normal";
import { fewestForTail, tailRaise } from "../statistics/tail-raise";
import { allSettings, type DrawSetting, type SettingChoices } from "./draw-settings";
import { type Effects, effectsOf } from "./effects";
import { addLessons, cellsOf, type DrawOutcome, fits, type Lessons, lessonOf, noLessons } from "./lessons";

/** What is known before the next draws of an edit. */
export interface SettingSituation {
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
/** Standard deviations above its estimate at which an effect or a pass rate counts, so that what was seldom tried is tried. */
const curiosity = 2;
/** Direction expected of the first edit of a type: nothing depends on it but the order of equals. */
const unknownLevel = 0.5;

/**
 * The settings of the next draws: for each the one that is expected to raise the directions of the kept pairs most for a
 * UNet evaluation. A draw that is chosen but not yet made makes its setting better known and nothing else.
 */
export function chooseSettings(situation: SettingSituation, count: number): DrawSetting[] {
  const known = whatIsKnown(situation);
  const chosen: DrawSetting[] = [];
  while (chosen.length < count) {
    const [best] = rank(situation, known, chosen, curiosity);
    chosen.push(best!.setting);
  }
  return chosen;
}

/**
 * By how much the next draw is expected to raise the mean direction of the edit's kept pairs, at the cost of a draw with
 * most steps. Once the edit has passing draws enough they say it themselves, since the best of many depend on the upper
 * tail, which differs from edit to edit and is seldom normal. Until `keep` have passed every pass counts from 0.
 */
export function expectedRaise(situation: SettingSituation): number {
  const { choices, outcomes, keep } = situation;
  const dearest = Math.max(...choices.costs);
  const directions = passing(outcomes);
  if (directions.length >= Math.max(fewestForTail, keep)) {
    const cost = ({ setting }: DrawOutcome) => choices.costs[choices.steps.indexOf(setting.steps)] ?? dearest;
    const spent = outcomes.reduce((sum, outcome) => sum + cost(outcome), 0);
    const chance = directions.length / outcomes.length;
    return (chance * tailRaise(directions) * dearest) / (spent / outcomes.length);
  }
  const [best] = rank(situation, whatIsKnown(situation), [], 0);
  return (best!.worth * dearest) / keep;
}

/** The type's lessons with the edit's own, and what they say of the edit. Draws that are only planned change none of it. */
function whatIsKnown({ choices, lessons, outcomes, keep }: SettingSituation) {
  const known = lessons && fits(lessons, choices) ? lessons : noLessons(choices);
  const weight = known.draws > typeWeight ? typeWeight / known.draws : 1;
  const all = addLessons(lessonOf(choices, outcomes), known, weight);
  const total = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);
  return {
    all,
    rate: (total(all.passed) + 1) / (total(all.drawn) + 2),
    level: levelOf(effectsOf(choices, all), outcomes, known),
    // The pair that a better one would replace; before there are enough, a pass adds all it has.
    replaced: passing(outcomes).sort((a, b) => b - a)[keep - 1] ?? 0,
  };
}

/** All settings by their worth: expected gain in direction per UNet evaluation. Equals stay in their order. */
function rank(
  { choices }: SettingSituation,
  { all, rate, level, replaced }: ReturnType<typeof whatIsKnown>,
  planned: readonly DrawSetting[],
  curious: number,
) {
  const effects = effectsOf(choices, all, planned);
  return allSettings(choices)
    .map((setting) => {
      const { mean, sd } = effects.of(setting);
      const cells = cellsOf(choices, setting);
      const drawn = cells.reduce((sum, [cell]) => sum + all.drawn[cell]!, 0);
      const passed = cells.reduce((sum, [cell]) => sum + all.passed[cell]!, 0);
      const weight = drawn + rateWeight;
      const estimate = (passed + rateWeight * rate) / weight;
      const doubt = Math.sqrt((estimate * (1 - estimate)) / weight);
      const passRate = Math.min(1, estimate + curious * doubt);
      const gain = passRate * expectedImprovement(level + mean + curious * sd, effects.spread, replaced);
      return { setting, worth: gain / choices.costs[choices.steps.indexOf(setting.steps)]! };
    })
    .sort((a, b) => b.worth - a.worth);
}

/** The edit's direction with average settings, from its own draws; from other edits before there are any. */
function levelOf(effects: Effects, outcomes: readonly DrawOutcome[], known: Lessons): number {
  const own = outcomes.filter(({ passed, direction }) => passed && direction !== null);
  if (own.length === 0) return known.edits > 0 ? known.level / known.edits : unknownLevel;
  const levels = own.map(({ setting, direction }) => direction! - effects.of(setting).mean);
  return levels.reduce((sum, level) => sum + level, 0) / own.length;
}

function passing(outcomes: readonly DrawOutcome[]): number[] {
  return outcomes.flatMap(({ passed, direction }) => (passed && direction !== null ? [direction] : []));
}
