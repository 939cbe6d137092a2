import type { EditType } from "./edit-types";
import { colourPattern, wholeImageResults, wholeImageWords } from "./instruction-cues";

type Family = "add" | "remove" | "replace" | "change" | "recolour" | "transform" | "turn" | "put" | "give";

const families: Readonly<Record<Family, readonly string[]>> = {
  add: [
    "add",
    "insert",
    "include",
    "introduce",
    "scatter",
    "plant",
    "sprinkle",
    "fill",
    "surround",
    "draw",
    "attach",
    "top",
  ],
  put: [
    "put",
    "place",
    "set",
    "hang",
    "lay",
    "park",
    "seat",
    "drape",
    "tie",
    "strap",
    "toss",
    "fit",
    "stick",
  ],
  give: ["give"],
  remove: [
    "remove",
    "delete",
    "erase",
    "eliminate",
    "clear",
    "omit",
    "drop",
    "hide",
    "wipe",
    "take",
    "get",
    "strip",
    "empty",
  ],
  replace: ["replace", "swap", "substitute", "exchange", "trade", "switch"],
  change: [
    "change",
    "alter",
    "modify",
    "adjust",
    "bathe",
    "make",
    "shift",
    "vary",
    "update",
    "edit",
    "dress",
    "cover",
    "wrap",
  ],
  recolour: ["recolor", "recolour", "paint", "dye", "tint", "color", "colour", "repaint", "bleach"],
  transform: [
    "transform",
    "convert",
    "morph",
    "reimagine",
    "render",
    "restyle",
    "redraw",
    "remake",
    "rework",
    "stylize",
    "stylise",
  ],
  turn: ["turn"],
};

const familyOf = new Map<string, Family>(
  Object.entries(families).flatMap(([family, verbs]) =>
    verbs.map((verb) => [verb, family as Family] as const),
  ),
);

const politeness =
  /^(?:(?:\w+ly|please|kindly|now|just|then|also|simply|try to|can you|could you|would you|i want you to|i would like you to|i'd like you to|we should|you should)\b[ ,]*)+/;

const escaped = (words: readonly string[]): string =>
  [...words].sort((a, b) => b.length - a.length).join("|");

const wholeImageObject = new RegExp(
  `^(?:the |this |its |entire |whole |overall |general |background |current )*(?:${escaped(wholeImageWords)}|it|outside)(?:'s|s)?\\b`,
);
const wholeImageResult = new RegExp(`\\b(?:${escaped(wholeImageResults)})\\b`);
const endsWithColour = new RegExp(
  `(?:${colourPattern.source})(?: and (?:${colourPattern.source}))?(?: (?:one|ones|instead|in color|in colour))*$`,
);
const attributeGift =
  /\b(?:look|feel|style|haircut|hairstyle|smile|expression|texture|finish|pattern|glow|touch|makeover|coat of|shine|tint|face|eyes|fur|hair)\b/;

/** The instruction lower-cased, without a closing mark or politeness. */
function plain(instruction: string): string {
  return instruction
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/[.!?]+$/, "")
    .trim()
    .replace(politeness, "");
}

/** Without a leading place: "in the sky, add ..." begins with "add". */
function fromVerb(text: string): string {
  const inverted =
    /^(?:in|on|at|behind|beside|above|under|near|next to|over|from|to|for|with) [^,]{1,60}, (.+)$/.exec(text);
  return (inverted?.[1] ?? text).replace(politeness, "");
}

/** Whether what follows the verb is about the whole picture: "the background ...", "it ... night". */
function isWholeImage(rest: string): boolean {
  const object = wholeImageObject.exec(rest);
  if (object === null) return false;
  const head = object[0];
  // "the sky" or "the light" may also begin "the light pole", "the sky-blue car".
  if (/^-|^ (?:pole|bulb|switch|shirt|car|fixture|post|frame|frames)\b/.test(rest.slice(head.length)))
    return false;
  return head === "it" ? wholeImageResult.test(rest) || /\blook\b|\bfeel\b/.test(rest) : true;
}

function changeType(rest: string): EditType {
  const paint = new RegExp(`(?:${colourPattern.source}) paint$`);
  const aboutColour =
    (paint.test(rest) || /\bcolou?rs?\b/.test(rest)) &&
    !/\bcolou?rs? (?:scheme|palette|grading)\b/.test(rest);
  const whole = isWholeImage(rest);
  if (!whole && (aboutColour || endsWithColour.test(rest))) return "change-color";
  return whole ? "change-global" : "change-local";
}

/** Turns of phrase that say what happens wherever the verb stands. */
const phrases: readonly (readonly [RegExp, EditType])[] = [
  [/^make it (?:two|three|four|five|several)\b/, "others"],
  [
    /\b(?:should|must) not be\b|\b(?:disappear|vanish|go missing|go away)\b|^(?:do not|don't|i don't) want\b|\bwith no \w+$|^(?:edit|cut|leave|crop|airbrush|photoshop|keep) .*\bout\b|^(?:edit|crop) out\b|^lose\b|^do away with\b/,
    "remove",
  ],
  [
    /\binstead of (?:the|a|an|his|her|its|their|this|that) |\binstead of (?:coffee|tea|milk|water)\b|\bin place of\b|\b's place$|\bstand in for\b|\bbe replaced\b|\b(?:to|and) replace\b|\brather \w+ .* than (?:the|a|an)\b|^where the .* (?:is|are|was|were), |^(?:remove|take) .* and put .* there$|^let (?:him|her|it|them) \w+ an? .* instead$/,
    "replace",
  ],
  [
    /^(?:the )?(?:season|weather|background|lighting|time of day) (?:should|must|ought to|needs to)\b|^let it (?:snow|rain)\b/,
    "change-global",
  ],
  [/^there (?:should|must|could|ought to) be\b|^let there be\b/, "add"],
];

/** "The door should be green", "I want the truck in red": a colour wished for. */
const wishedColour = /\b(?:should|must|ought to)(?: be| become)\b|^i (?:want|would like|wish)\b/;

function verbType(verb: string, rest: string): EditType {
  switch (familyOf.get(verb)) {
    case "add":
      return verb === "fill" && isWholeImage(rest) ? "change-global" : "add";
    case "remove":
      if (verb === "get") return /\brid of\b/.test(rest) ? "remove" : "others";
      if (verb === "take") return /\b(?:away|out|off|down|from)\b/.test(rest) ? "remove" : "others";
      return "remove";
    case "replace":
      return "replace";
    case "put":
      // "Put a hat on him" adds; "Put the dog on the sofa" moves what is there.
      return /^(?:the|him|her|it|them|his|its|their|everyone|everything)\b/.test(rest) ? "others" : "add";
    case "give":
      if (isWholeImage(rest)) return "change-global";
      if (/\bcolou?r$/.test(rest)) return "change-color";
      return attributeGift.test(rest) ? "change-local" : "add";
    case "recolour":
      return colourPattern.test(rest) || /^colou?r/.test(verb) || verb.startsWith("rec")
        ? "change-color"
        : "change-local";
    case "change":
      return changeType(rest);
    case "transform":
      return isWholeImage(rest) || /^(?:everything|all of|this)\b/.test(rest)
        ? "transform-global"
        : "transform-local";
    case "turn":
      return "turn";
    default:
      return "others";
  }
}

/**
 * The edit type of an instruction by its leading keyword (paper Fig. 3), split into colour, local and global by
 * what the keyword acts on. A rule, not a judgement: people may set another type on a seed.
 */
export function classifyInstruction(instruction: string): EditType {
  const text = plain(instruction);
  const phrase = phrases.find(([cue]) => cue.test(text));
  if (phrase !== undefined) return phrase[1];
  if (wishedColour.test(text) && endsWithColour.test(text)) return "change-color";
  const [verb = "", ...words] = fromVerb(text).split(" ");
  return verbType(verb, words.join(" "));
}

/** The verb that an instruction leads with, past politeness and a leading place; null where it has no word. */
export function leadingVerb(instruction: string): string | null {
  return /^\p{L}[\p{L}'-]*/u.exec(fromVerb(plain(instruction)))?.[0] ?? null;
}
