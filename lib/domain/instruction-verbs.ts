import type { EditType } from "./edit-types";
import { leadingVerb } from "./instruction-classifier";

/** Verbs that people use for each edit type: what a set of seeds should show, besides others. */
export const usualVerbs: Readonly<Record<EditType, readonly string[]>> = {
  add: ["add", "put", "place", "insert", "give", "include", "hang", "plant"],
  remove: ["remove", "delete", "erase", "take", "get", "clear", "hide"],
  replace: ["replace", "swap", "exchange", "substitute", "trade", "switch"],
  "change-color": ["make", "paint", "change", "color", "dye", "recolor", "turn"],
  "change-local": ["make", "change", "give", "dress", "cover", "alter"],
  "change-global": ["change", "make", "set", "switch", "let", "move"],
  "transform-local": ["transform", "convert", "morph", "reshape", "remake"],
  "transform-global": ["transform", "render", "convert", "redraw", "restyle", "reimagine"],
  turn: ["turn"],
  others: ["let", "make", "move", "zoom", "rotate", "open", "close", "have"],
};

const spellings: Readonly<Record<string, string>> = {
  colour: "color",
  recolour: "recolor",
  stylise: "stylize",
};

/** The verb that an instruction leads with, in one spelling; null where it has no word. */
export function instructionVerb(instruction: string): string | null {
  const verb = leadingVerb(instruction);
  return verb && (spellings[verb] ?? verb);
}
