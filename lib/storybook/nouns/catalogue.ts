import { UserError } from "@/lib/domain/errors";
import { ANIMALS } from "./animals";
import { BUILDINGS } from "./buildings";
import type { NounDrawing } from "./part";
import { PEOPLE } from "./people";
import { PLANTS } from "./plants";
import { THINGS } from "./things";
import { VEHICLES } from "./vehicles";

/** Nouns the shipped models are trained on; their drawings are frozen with the weights. */
export const TRAINED_DRAWINGS: readonly NounDrawing[] = [
  ...VEHICLES,
  ...BUILDINGS,
  ...ANIMALS,
  ...PEOPLE,
  ...PLANTS,
  ...THINGS,
];

export const ALL_DRAWINGS: readonly NounDrawing[] = [...TRAINED_DRAWINGS];

const byNoun = new Map(ALL_DRAWINGS.map((drawing) => [drawing.noun, drawing]));

export function drawingOf(noun: string): NounDrawing {
  const drawing = byNoun.get(noun);
  if (!drawing) throw new UserError("bad-input", `Storybook has no drawing of "${noun}".`, "noun");
  return drawing;
}
