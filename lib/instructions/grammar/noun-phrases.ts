import type { Category } from "../lexicon/categories";
import {
  articles,
  conjunctions,
  finiteBe,
  isVerbAfterNoun,
  participles,
  pastParticiples,
  possessives,
  prepositionGroups,
  prepositions,
  verbBases,
  verbThirdForms,
} from "../lexicon/function-words";
import { adverbs, type ModifierKind, modifierKind } from "../lexicon/modifiers";
import type { Noun, NounForm } from "../lexicon/noun-lexicon";
import { determinerAt } from "./determiner-at";
import { isWord, nounAt } from "./noun-at";
import type { Token } from "./tokens";

export type Modifier = { readonly start: number; readonly end: number; readonly kind: ModifierKind | null };

/** A noun phrase as token positions `[start, end)`: determiner, modifiers, noun compound whose last noun is the head. */
export type NounPhrase = {
  readonly start: number;
  readonly end: number;
  /** Lower-case determiner with any group words: "a", "two", "a herd of"; null for bare nouns. */
  readonly determiner: string | null;
  readonly modifiersStart: number;
  readonly modifiers: readonly Modifier[];
  /** Where the noun compound begins ("pizza" of "pizza box"). */
  readonly compoundStart: number;
  readonly headStart: number;
  readonly noun: Noun | null;
  readonly category: Category;
  readonly plural: boolean;
  /** Lower-case preposition, verb or conjunction just before; null at the start. */
  readonly before: string | null;
  /** Where those words begin; equals `start` if there are none. */
  readonly beforeStart: number;
};

const stops = (word: string): boolean =>
  prepositions.has(word) ||
  conjunctions.has(word) ||
  finiteBe.has(word) ||
  articles.has(word) ||
  possessives.has(word);

/** Whether a noun begins within the next few words, across adjectives only. */
function nounAhead(tokens: readonly Token[], at: number): boolean {
  for (let i = at; i < Math.min(at + 4, tokens.length); i++) {
    const token = tokens[i]!;
    if (!isWord(token) || stops(token.lower)) return false;
    if (nounAt(tokens, i) !== null) return true;
    if (modifierKind(token.lower) === null && !participles.has(token.lower) && i > at) return false;
  }
  return false;
}

const adverbsAfter = new Set(
  "together alone indoors outdoors asleep awake upright sideways upside-down nearby ahead apart here there home high low still today outside inside away down up back first last open closed".split(
    " ",
  ),
);

/** "Pad" of "a lily pad", "case" of "a guitar case": a word we do not know, where only a noun can stand. */
function unknownHeadAt(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at];
  if (!isWord(word) || stops(word.lower) || adverbsAfter.has(word.lower) || adverbs.has(word.lower))
    return false;
  if (/(?:ing|ed|ly|ward|wards)$|^\d/.test(word.lower) || isVerbAfterNoun(word.lower, false)) return false;
  if (modifierKind(word.lower) !== null || nounAt(tokens, at) !== null) return false;
  const next = tokens[at + 1];
  return next === undefined || !isWord(next) || stops(next.lower) || isVerbAfterNoun(next.lower, false);
}

function chooseForm(
  forms: readonly NounForm[],
  determinerPlural: boolean | null,
  wornBefore: boolean,
): NounForm {
  if (wornBefore) {
    const worn = forms.find((form) => ["accessory", "headwear", "garment"].includes(form.noun.category));
    if (worn !== undefined) return worn;
  }
  const fitting = forms.filter(
    (form) =>
      determinerPlural === null || form.plural === determinerPlural || form.noun.plural === form.noun.lemma,
  );
  return fitting[0] ?? forms[0]!;
}

type Scan = {
  modifiers: Modifier[];
  compoundStart: number;
  headStart: number;
  end: number;
  form: NounForm | null;
};

function scan(
  tokens: readonly Token[],
  from: number,
  hasDeterminer: boolean,
  determinerPlural: boolean | null,
  wornBefore: boolean,
): Scan | null {
  const modifiers: Modifier[] = [];
  let at = from;
  let unknownEnd = -1;
  while (at < tokens.length && at - from < 9) {
    const token = tokens[at]!;
    const next = tokens[at + 1];
    const joins =
      (token.lower === "and" || token.lower === ",") &&
      modifiers.length > 0 &&
      isWord(next) &&
      modifierKind(next.lower) !== null &&
      nounAhead(tokens, at + 1);
    if (joins) {
      at++;
      continue;
    }
    if (!isWord(token) || stops(token.lower)) break;
    const match = nounAt(tokens, at);
    const kind = modifierKind(token.lower);
    const asModifier =
      kind !== null &&
      nounAhead(tokens, at + 1) &&
      !(next !== undefined && isVerbAfterNoun(next.lower, false) && match !== null);
    if (match !== null && !(asModifier && match.length === 1)) {
      let head = { start: at, ...match };
      let plural = chooseForm(match.forms, null, wornBefore).plural;
      for (;;) {
        const then = tokens[head.start + head.length];
        if (!isWord(then) || stops(then.lower) || isVerbAfterNoun(then.lower, plural)) break;
        const more = nounAt(tokens, head.start + head.length);
        if (more === null) break;
        head = { start: head.start + head.length, ...more };
        plural = more.forms[0]!.plural;
      }
      const end = head.start + head.length;
      if (hasDeterminer && !plural && unknownHeadAt(tokens, end)) {
        return { modifiers, compoundStart: at, headStart: end, end: end + 1, form: null };
      }
      const form = chooseForm(head.forms, determinerPlural, wornBefore);
      return { modifiers, compoundStart: at, headStart: head.start, end: head.start + head.length, form };
    }
    const verbLike = participles.has(token.lower) || pastParticiples.has(token.lower);
    if (
      verbLike &&
      !((hasDeterminer || at === 0 || kind !== null) && unknownEnd === -1 && nounAhead(tokens, at + 1))
    )
      break;
    if (kind === null && !verbLike && !adverbs.has(token.lower)) {
      if (!hasDeterminer && !nounAhead(tokens, at + 1)) return null;
      if (verbThirdForms.has(token.lower) && unknownEnd !== -1) break;
      unknownEnd = at + 1;
    }
    modifiers.push({ start: at, end: at + 1, kind });
    at++;
  }
  if (!hasDeterminer || unknownEnd === -1) return null;
  const kept = modifiers.filter((modifier) => modifier.end < unknownEnd);
  return {
    modifiers: kept,
    compoundStart: unknownEnd - 1,
    headStart: unknownEnd - 1,
    end: unknownEnd,
    form: null,
  };
}

function connector(tokens: readonly Token[], start: number): { before: string | null; beforeStart: number } {
  for (const group of prepositionGroups) {
    const from = start - group.length;
    if (from >= 0 && group.every((word, index) => tokens[from + index]!.lower === word)) {
      return { before: group.join(" "), beforeStart: from };
    }
  }
  const previous = tokens[start - 1];
  return previous === undefined
    ? { before: null, beforeStart: start }
    : { before: previous.lower, beforeStart: start - 1 };
}

/** Where a bare noun cannot start: after a noun phrase it is that phrase's verb. */
function phraseAt(tokens: readonly Token[], at: number, last: NounPhrase | undefined): NounPhrase | null {
  const first = tokens[at]!;
  if (!isWord(first) || first.lower === "'s") return null;
  const wornBefore = ["wearing", "with", "in"].includes(tokens[at - 1]?.lower ?? "");
  let determiner = determinerAt(tokens, at);
  let from = at + (determiner?.length ?? 0);
  let plural = determiner?.plural ?? null;
  // "a herd of sheep": the group joins the determiner.
  const group = nounAt(tokens, from);
  const groupForm = group?.forms.find((form) => form.noun.category === "group");
  if (group !== null && groupForm !== undefined && tokens[from + group.length]?.lower === "of") {
    const inner = from + group.length + 1;
    const innerDeterminer = determinerAt(tokens, inner);
    const innerFrom = inner + (innerDeterminer?.length ?? 0);
    const member = scan(tokens, innerFrom, innerDeterminer !== null, innerDeterminer?.plural ?? null, false);
    if (member?.form != null) {
      determiner = {
        length: innerFrom - at,
        plural: true,
        text: tokens
          .slice(at, innerFrom)
          .map((token) => token.lower)
          .join(" "),
      };
      from = innerFrom;
      plural = member.form.noun.mass ? false : null;
    }
  }
  if (determiner === null) {
    if (stops(first.lower) || adverbs.has(first.lower)) return null;
    if (last !== undefined && last.end === at && isVerbAfterNoun(first.lower, last.plural)) return null;
    if (
      modifierKind(first.lower) === null &&
      nounAt(tokens, at) === null &&
      !(at === 0 && (participles.has(first.lower) || pastParticiples.has(first.lower)))
    )
      return null;
    if (at > 0 && verbBases.has(first.lower) && tokens[at - 1]?.lower === "to") return null;
  }
  const found = scan(tokens, from, determiner !== null, plural, wornBefore);
  if (found === null) return null;
  const form = found.form;
  const isPlural =
    form === null
      ? plural === true
      : form.noun.plural === form.noun.lemma && !form.noun.mass && !form.noun.pluralOnly
        ? (plural ?? true)
        : form.plural;
  // A bare singular is no picture of a thing ("on top", "in bed") but for headline captions ("Man riding ...").
  if (determiner === null && form !== null && !isPlural && !form.noun.mass && at !== 0) return null;
  return {
    start: at,
    end: found.end,
    determiner: determiner?.text ?? null,
    modifiersStart: from,
    modifiers: found.modifiers,
    compoundStart: found.compoundStart,
    headStart: found.headStart,
    noun: form?.noun ?? null,
    category: form?.noun.category ?? "unknown",
    plural: isPlural,
    ...connector(tokens, at),
  };
}

/** The noun phrases of a caption, left to right, none inside another. */
export function findNounPhrases(tokens: readonly Token[]): NounPhrase[] {
  const phrases: NounPhrase[] = [];
  for (let at = 0; at < tokens.length; ) {
    const phrase = phraseAt(tokens, at, phrases.at(-1));
    if (phrase === null) at++;
    else {
      phrases.push(phrase);
      at = phrase.end;
    }
  }
  return phrases;
}
