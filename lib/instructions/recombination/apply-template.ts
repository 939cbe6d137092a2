import type { EditType } from "@/lib/domain/edit-types";
import { checkEdit } from "@/lib/domain/instruction-checks";
import { type CaptionAnalysis, mentionedDimensions } from "../grammar/caption-analysis";
import { nounAt } from "../grammar/noun-at";
import type { NounPhrase } from "../grammar/noun-phrases";
import { articleFor, capitalise, detokenise, repairArticles, tokenise } from "../grammar/tokens";
import { animals, type Category } from "../lexicon/categories";
import type { ModifierKind } from "../lexicon/modifiers";
import type { Noun } from "../lexicon/noun-lexicon";
import type { Random } from "../random";
import { exchangeFits, exchangeGroups, findPhrases } from "./exchange-groups";
import { compoundText, fillSlots, mentionOf, pronounsOf } from "./mention";
import { coloursFor, presentColour } from "./recolouring";
import { removalSpan } from "./removal";
import { replacementsFor } from "./replacements";
import { closing, likeCaption, rewrite, withModifier, withNoun } from "./rewrite";
import type { Template } from "./template";
import { besideWords, type ThingPools } from "./thing-pools";
import type { VocabularyCheck } from "./vocabulary";

export type RecombinedEdit = {
  readonly instruction: string;
  readonly targetCaption: string;
  readonly editType: EditType;
  readonly editObject: string | null;
};

type Context = { readonly random: Random; readonly vocabulary: VocabularyCheck; readonly things: ThingPools };
type Slots = Record<string, string | null | undefined>;

const keptBySize: ReadonlySet<ModifierKind> = new Set(["size"]);
const keptByLife: ReadonlySet<ModifierKind> = new Set(["size", "age"]);
const keptByNone: ReadonlySet<ModifierKind> = new Set();

/** Nouns a text names, as lemmas. */
function lemmasIn(text: string): { lemma: string; category: Category }[] {
  const tokens = tokenise(text);
  return tokens.flatMap(
    (_, at) =>
      nounAt(tokens, at)?.forms.map((form) => ({ lemma: form.noun.lemma, category: form.noun.category })) ??
      [],
  );
}

/** Whether new words repeat a thing the caption has, or clash with one (a second hat). */
function repeats(caption: CaptionAnalysis, words: string, except: NounPhrase | null): boolean {
  const present = caption.phrases.filter((phrase) => phrase !== except && phrase.noun !== null);
  const wordsPresent = new Set(
    present.flatMap((phrase) => [phrase.noun!.lemma, phrase.noun!.lemma.split(" ").at(-1)!]),
  );
  return lemmasIn(words).some(
    ({ lemma, category }) =>
      (wordsPresent.has(lemma) && !["part", "abstract", "sky"].includes(category)) ||
      (category === "headwear" && present.some((phrase) => phrase.category === "headwear")),
  );
}

function newNounWords(noun: Noun, phrase: NounPhrase): { caption: string; instruction: string } {
  if (noun.mass) return { caption: noun.lemma, instruction: noun.lemma };
  if (phrase.plural) return { caption: noun.plural, instruction: noun.plural };
  return { caption: noun.lemma, instruction: `${articleFor(noun.lemma)} ${noun.lemma}` };
}

const small = new Set([
  "big",
  "large",
  "huge",
  "giant",
  "tall",
  "massive",
  "enormous",
  "old",
  "elderly",
  "adult",
]);
const youth = new Set([
  "boy",
  "girl",
  "child",
  "children",
  "kid",
  "baby",
  "toddler",
  "infant",
  "puppy",
  "kitten",
  "lamb",
  "calf",
  "young",
  "little",
  "teenager",
]);

/** "A large baby elephant", "an elderly boy". */
function contradicts(words: string, present: readonly string[]): boolean {
  if (/\b(?:baby|tiny|newborn)\b/.test(words)) return present.some((word) => small.has(word));
  return /\b(?:old|elderly)\b/.test(words) && present.some((word) => youth.has(word));
}

/** "A man" after a prefix is "a man", but names and "TV" keep their capitals. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]*\b/.test(text) && !/^I\b/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}

function realise(
  template: Template,
  caption: CaptionAnalysis,
  phrase: NounPhrase | null,
  context: Context,
): { target: string; slots: Slots; added: string } | null {
  const { change } = template;
  const { random, vocabulary } = context;
  if (change.kind === "exchange") {
    const group = exchangeGroups.find(({ id }) => id === change.group)!;
    const found = findPhrases(caption.tokens, group)[0];
    if (found === undefined) return null;
    const sentence = detokenise(caption.tokens);
    const choices = group.phrases.filter(
      (next) =>
        next.name !== found.phrase.name &&
        (change.openTo || next.name === change.to) &&
        vocabulary.knowsText(next.words.join(" ")) &&
        exchangeFits(sentence, found, next),
    );
    if (choices.length === 0) return null;
    const next = random.pick(choices);
    return {
      target: rewrite(caption, found.start, found.end, next.words.join(" ")),
      slots: { new: next.name, old: found.phrase.name },
      added: next.words.join(" "),
    };
  }
  if (change.kind === "end" || change.kind === "start") {
    const thing =
      change.thing === null
        ? null
        : context.things.draw(
            template,
            random,
            (text) => vocabulary.knowsText(text) && !repeats(caption, text, null),
          );
    const words = fillSlots(change.words, { thing });
    if (words === null || (change.kind === "end" && repeats(caption, words, null))) return null;
    for (const dimension of mentionedDimensions(words)) if (caption.mentions.has(dimension)) return null;
    const at = closing(caption);
    const sentence = detokenise(caption.tokens);
    // A second "with" or "under" would seem to belong to the first.
    const opening = /^(?:with|under)\b/.exec(words)?.[0];
    const crowded = opening !== undefined && caption.tokens.some((token) => token.lower === opening);
    const target =
      change.kind === "end"
        ? rewrite(caption, at, at, crowded ? `, ${words}` : words)
        : likeCaption(
            caption,
            detokenise(repairArticles(tokenise(`${lowerFirst(words)} ${lowerFirst(sentence)}`))),
          );
    return { target, slots: { thing }, added: words };
  }
  if (phrase === null) return null;
  const slots: Slots = {
    object: mentionOf(caption, phrase),
    noun: compoundText(caption, phrase),
    ...pronounsOf(phrase),
  };
  switch (change.kind) {
    case "colour": {
      const colours = coloursFor(caption, phrase, vocabulary);
      if (colours.length === 0) return null;
      const colour = random.pick(colours);
      const old = presentColour(caption, phrase);
      return {
        target: withModifier(caption, phrase, colour, "colour"),
        slots: { ...slots, colour, oldColour: old },
        added: colour,
      };
    }
    case "replace": {
      if (!change.open) {
        if (repeats(caption, change.words, phrase) || change.noun === phrase.noun) return null;
        if (/\bwith\b/.test(change.words) && caption.tokens[phrase.end]?.lower === "with") return null;
        return { target: withNoun(caption, phrase, change.words, keptByNone), slots, added: change.words };
      }
      const nouns = replacementsFor(caption, phrase, vocabulary);
      if (nouns.length === 0) return null;
      const words = newNounWords(random.pick(nouns), phrase);
      const kept = phrase.category === "person" || animals.has(phrase.category) ? keptByLife : keptBySize;
      return {
        target: withNoun(caption, phrase, words.caption, kept),
        slots: { ...slots, new: words.instruction },
        added: words.caption,
      };
    }
    case "modifier": {
      const present = caption.tokens.slice(phrase.modifiersStart, phrase.end).map((token) => token.lower);
      if (contradicts(change.words, present)) return null;
      if (/\bbaby\b/.test(change.words) && caption.tokens.some((token) => token.lower === "baby"))
        return null;
      if (change.words.split(" ").some((word) => present.includes(word))) return null;
      return {
        target: withModifier(caption, phrase, change.words, change.modifierKind),
        slots,
        added: change.words,
      };
    }
    case "count": {
      const plural = phrase.noun!.plural;
      const head = `${change.number} ${detokenise(caption.tokens.slice(phrase.modifiersStart, phrase.headStart))} ${plural}`;
      const objects =
        `${detokenise(caption.tokens.slice(phrase.compoundStart, phrase.headStart)).toLowerCase()} ${plural}`.trim();
      return {
        target: rewrite(caption, phrase.start, phrase.end, head),
        slots: { ...slots, objects },
        added: plural,
      };
    }
    case "after-object": {
      const drawn =
        change.thing === null
          ? null
          : context.things.draw(
              template,
              random,
              (text) => vocabulary.knowsText(text) && !repeats(caption, text, null),
            );
      const absent = (lemma: string): boolean => !repeats(caption, lemma, null);
      const thing =
        vocabulary.restricted && besideWords.has(change.words)
          ? (vocabulary.drawThing(random, absent) ?? drawn)
          : drawn;
      const words = fillSlots(change.words, { ...slots, thing });
      if (words === null || repeats(caption, words, phrase)) return null;
      return {
        target: rewrite(caption, phrase.end, phrase.end, words),
        slots: { ...slots, thing },
        added: words,
      };
    }
    case "remove": {
      const span = removalSpan(caption, phrase);
      return span === null ? null : { target: rewrite(caption, span.start, span.end, ""), slots, added: "" };
    }
    case "verb": {
      const at = /^(?:is|are)$/.test(caption.tokens[phrase.end]?.lower ?? "") ? phrase.end + 1 : phrase.end;
      return {
        target: rewrite(caption, at, at + change.from.split(" ").length, change.to),
        slots,
        added: change.to,
      };
    }
  }
}

/** Carries a template over to a caption; null where a slot finds nothing or the outcome breaks a rule. */
export function applyTemplate(
  template: Template,
  caption: CaptionAnalysis,
  sourceCaption: string,
  phrase: NounPhrase | null,
  context: Context,
): RecombinedEdit | null {
  const realised = realise(template, caption, phrase, context);
  if (realised === null) return null;
  if (!context.vocabulary.knowsText(realised.added)) return null;
  // "the lamps' color", not "the lamps's".
  const wording =
    /s$/.test(realised.slots.object ?? "") && phrase?.plural === true
      ? template.instruction.replaceAll("{object}'s", "{object}'")
      : template.instruction;
  const filled = fillSlots(wording, realised.slots);
  if (filled === null) return null;
  const sentence = capitalise(detokenise(repairArticles(tokenise(filled))));
  const instruction = /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
  const edit = { sourceCaption, instruction, targetCaption: realised.target, editType: template.editType };
  if (checkEdit(edit).problems.some((problem) => problem.severity === "error")) return null;
  const pointsAtObject = phrase !== null && template.change.kind !== "after-object";
  return {
    instruction,
    targetCaption: realised.target,
    editType: template.editType,
    editObject: pointsAtObject ? compoundText(caption, phrase) : null,
  };
}
