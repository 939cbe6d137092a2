import { UserError } from "@/lib/domain/errors";
import { ANIMALS } from "./animals";
import { BUILDINGS } from "./buildings";
import { FARM_ANIMALS } from "./farm-animals";
import { MORE_BUILDINGS } from "./more-buildings";
import { MORE_PEOPLE } from "./more-people";
import { MORE_PLANTS } from "./more-plants";
import { MORE_THINGS } from "./more-things";
import { MORE_VEHICLES } from "./more-vehicles";
import type { NounDrawing } from "./part";
import { PEOPLE } from "./people";
import { PLANTS } from "./plants";
import { THINGS } from "./things";
import { VEHICLES } from "./vehicles";
import { WILD_ANIMALS } from "./wild-animals";

/** Nouns the shipped models are trained on; their drawings are frozen with the weights. */
export const TRAINED_DRAWINGS: readonly NounDrawing[] = [
  ...VEHICLES,
  ...BUILDINGS,
  ...ANIMALS,
  ...PEOPLE,
  ...PLANTS,
  ...THINGS,
];

export const ALL_DRAWINGS: readonly NounDrawing[] = [
  ...TRAINED_DRAWINGS,
  ...MORE_VEHICLES,
  ...MORE_BUILDINGS,
  ...FARM_ANIMALS,
  ...WILD_ANIMALS,
  ...MORE_PEOPLE,
  ...MORE_PLANTS,
  ...MORE_THINGS,
];

const byNoun = new Map(ALL_DRAWINGS.map((drawing) => [drawing.noun, drawing]));

export function drawingOf(noun: string): NounDrawing {
  const drawing = byNoun.get(noun);
  if (!drawing) throw new UserError("bad-input", `Storybook has no drawing of "${noun}".`, "noun");
  return drawing;
}
