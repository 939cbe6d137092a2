import type { Category } from "./categories";
import { indoorNouns } from "./indoor-nouns";
import { livingNouns } from "./living-nouns";
import type { NounLists } from "./noun-list";
import { outdoorNouns } from "./outdoor-nouns";

export type Gender = "m" | "f" | null;

export type Noun = {
  /** Singular form, words joined by spaces; the plural for nouns that have no singular ("scissors"). */
  readonly lemma: string;
  readonly plural: string;
  readonly category: Category;
  readonly mass: boolean;
  readonly pluralOnly: boolean;
  /** Whether it may be offered as a new thing. */
  readonly offered: boolean;
  readonly gender: Gender;
};

/** Regular English plural of a noun's last word. */
export function pluralise(noun: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(noun)) return `${noun}es`;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return `${noun}s`;
}

function parseEntry(entry: string, category: Category): Noun {
  const match = /^(-?)([^/=!~:]+)(?:\/([^:]+))?([=!~]?)(?::([mf]))?$/.exec(entry);
  if (match === null) throw new Error(`Bad lexicon entry "${entry}"`);
  const lemma = match[2]!.replaceAll("_", " ");
  const mark = match[4];
  return {
    lemma,
    plural: match[3]?.replaceAll("_", " ") ?? (mark === "" ? pluralise(lemma) : lemma),
    category,
    mass: mark === "~",
    pluralOnly: mark === "!",
    offered: match[1] === "",
    gender: (match[5] as "m" | "f" | undefined) ?? null,
  };
}

function parseLists(lists: NounLists): Noun[] {
  return Object.entries(lists).flatMap(([category, words]) =>
    words
      .split(/\s+/)
      .filter((entry) => entry !== "")
      .map((entry) => parseEntry(entry, category as Category)),
  );
}

/** Every noun the analyser knows. */
export const nouns: readonly Noun[] = [livingNouns, outdoorNouns, indoorNouns].flatMap(parseLists);

export type NounForm = { readonly noun: Noun; readonly plural: boolean };

const forms = new Map<string, NounForm[]>();
function remember(form: string, noun: Noun, plural: boolean): void {
  const known = forms.get(form);
  if (known === undefined) forms.set(form, [{ noun, plural }]);
  else known.push({ noun, plural });
}
for (const noun of nouns) {
  remember(noun.lemma, noun, noun.pluralOnly);
  if (!noun.mass && !noun.pluralOnly && noun.plural !== noun.lemma) remember(noun.plural, noun, true);
}

/** The longest known noun, in words. */
export const longestNoun = Math.max(...[...forms.keys()].map((form) => form.split(" ").length));

/** What a lower-case word or group of words can mean as a noun; several where it is ambiguous ("glasses"). */
export function lookUpNoun(words: string): readonly NounForm[] {
  return forms.get(words) ?? [];
}

const byCategory = new Map<Category, Noun[]>();
for (const noun of nouns) {
  if (noun.offered) byCategory.set(noun.category, [...(byCategory.get(noun.category) ?? []), noun]);
}

/** Nouns of a category that may be offered as new things. */
export function offeredNouns(category: Category): readonly Noun[] {
  return byCategory.get(category) ?? [];
}
