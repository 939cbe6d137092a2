import type { SeedExample } from "@/lib/domain/instruction-records";
import { analyseCaption, type CaptionAnalysis, mentionedDimensions } from "../grammar/caption-analysis";
import { findNounPhrases, type NounPhrase } from "../grammar/noun-phrases";
import { detokenise, type Token, tokenise } from "../grammar/tokens";
import { numberWords, participles } from "../lexicon/function-words";
import { modifierKind, solidMaterials } from "../lexicon/modifiers";
import { type CaptionDifference, findDifference } from "./caption-difference";
import { exchangeGroups, findPhrases } from "./exchange-groups";
import { abstractMention, abstractPronouns, replaceRun } from "./mention";
import { openReplacement } from "./replacements";
import type { Change, Template } from "./template";

type Draft = { readonly change: Change; readonly phrase: NounPhrase | null; readonly instruction: Token[] };

const text = (tokens: readonly Token[]): string => detokenise(tokens).trim();
const isMark = (token: Token | undefined): boolean => token === undefined || /^[.!?]$/.test(token.text);

const lowerArticle = (thing: string): string =>
  thing.replace(/^(?:A|An|Some|Two|Three|Several)\b/, (word) => word.toLowerCase());

/** Spans of whole noun phrases, with what belongs to them by "of". */
function phraseSpans(words: readonly Token[]): [number, number][] {
  const found = findNounPhrases(words);
  return found.flatMap((phrase, index): [number, number][] => {
    const next = found[index + 1];
    const belongs = next !== undefined && words[phrase.end]?.lower === "of" && next.start === phrase.end + 1;
    return belongs
      ? [
          [phrase.start, next.end],
          [phrase.start, phrase.end],
        ]
      : [[phrase.start, phrase.end]];
  });
}

/** The longest noun phrase of the new words that the instruction repeats word for word, made a slot in both. */
function abstractThing(
  words: readonly Token[],
  instruction: readonly Token[],
): { words: Token[]; instruction: Token[]; thing: string } | null {
  const slot: Token = { text: "{thing}", lower: "{thing}", glued: false };
  for (const [from, to] of phraseSpans(words)) {
    const run = words.slice(from, to);
    if (!/^(?:a|an|some|two|three|several)$/.test(run[0]!.lower)) continue;
    const named = replaceRun(
      instruction,
      run.map((token) => token.lower),
      "{thing}",
    );
    if (named === null) continue;
    return {
      words: [...words.slice(0, from), slot, ...words.slice(to)],
      instruction: named,
      thing: lowerArticle(text(run)),
    };
  }
  return null;
}

function draftAddition(
  source: CaptionAnalysis,
  added: Token[],
  at: number,
  instruction: Token[],
): Draft | null {
  const opening = at === 0 && added.at(-1)?.lower === "of";
  const inside = opening
    ? undefined
    : source.phrases.find(
        (phrase) =>
          phrase.modifiersStart <= at &&
          at <= phrase.compoundStart &&
          phrase.start <= at &&
          at < phrase.end &&
          !(at === phrase.start && phrase.determiner !== null),
      );
  if (at === 0 && inside === undefined) {
    const thing = abstractThing(added, instruction);
    return {
      change: { kind: "start", words: text(thing?.words ?? added), thing: thing?.thing ?? null },
      phrase: null,
      instruction: thing?.instruction ?? instruction,
    };
  }
  if (inside !== undefined) return draftModifier(source, inside, added, null, instruction);
  const before = source.phrases.find((phrase) => phrase.end === at);
  const named = before === undefined ? null : abstractMention(instruction, source, before);
  if (before !== undefined && (named !== null || !isMark(source.tokens[at]))) {
    const thing = abstractThing(added, named ?? instruction);
    const withObject = abstractMention(thing?.words ?? added, source, before) ?? thing?.words ?? added;
    return {
      change: {
        kind: "after-object",
        words: text(abstractPronouns(withObject)),
        thing: thing?.thing ?? null,
      },
      phrase: before,
      instruction: thing?.instruction ?? named ?? instruction,
    };
  }
  if (!isMark(source.tokens[at])) return null;
  const thing = abstractThing(added, instruction);
  return {
    change: { kind: "end", words: text(thing?.words ?? added), thing: thing?.thing ?? null },
    phrase: null,
    instruction: thing?.instruction ?? instruction,
  };
}

function draftModifier(
  source: CaptionAnalysis,
  phrase: NounPhrase,
  added: Token[],
  removed: readonly Token[] | null,
  instruction: Token[],
): Draft | null {
  const kinds = added.map((token) => modifierKind(token.lower));
  const named = abstractMention(instruction, source, phrase) ?? instruction;
  const solid = added.length === 1 && solidMaterials.has(added[0]!.lower);
  const colour = added.length === 1 && kinds[0] === "colour" && !solid ? added[0]!.lower : null;
  if (colour !== null) {
    const withNew = replaceRun(named, [colour], "{colour}");
    if (withNew === null) return null;
    const old =
      removed?.length === 1 && modifierKind(removed[0]!.lower) === "colour" ? removed[0]!.lower : null;
    const withOld = old === null ? null : replaceRun(withNew, [old], "{oldColour}");
    return { change: { kind: "colour", fromOld: withOld !== null }, phrase, instruction: withOld ?? withNew };
  }
  const kind = solid ? "material" : (kinds.findLast((candidate) => candidate !== null) ?? "state");
  if (added.some((token) => /^[,.]$/.test(token.text))) return null;
  return {
    change: { kind: "modifier", words: text(added).toLowerCase(), modifierKind: kind },
    phrase,
    instruction: named,
  };
}

function draftReplacement(
  source: CaptionAnalysis,
  target: CaptionAnalysis,
  phrase: NounPhrase,
  difference: CaptionDifference,
  instruction: Token[],
): Draft | null {
  const replacement = target.phrases.find((candidate) => candidate.start === phrase.start);
  const named = abstractMention(instruction, source, phrase) ?? instruction;
  if (replacement === undefined || replacement.end > difference.targetEnd + 8) return null;
  if (replacement.noun !== null && replacement.noun === phrase.noun) {
    const number = replacement.determiner;
    if (!phrase.plural && replacement.plural && number !== null && numberWords.has(number)) {
      const counted = replaceRun(instruction, [replacement.noun.plural], "{objects}") ?? named;
      return {
        change: { kind: "count", number },
        phrase,
        instruction: abstractMention(counted, source, phrase) ?? counted,
      };
    }
    return null;
  }
  const end = Math.max(difference.targetEnd, replacement.end);
  const words = text(target.tokens.slice(replacement.modifiersStart, end)).toLowerCase();
  const open = openReplacement(phrase, replacement, words);
  if (!open)
    return {
      change: { kind: "replace", words, noun: replacement.noun, open: false },
      phrase,
      instruction: named,
    };
  const noun = replacement.noun!;
  const runs = [["a", noun.lemma], ["an", noun.lemma], [noun.lemma], [noun.plural]].map((run) =>
    run.join(" ").split(" "),
  );
  for (const run of runs) {
    const withNew = replaceRun(named, run, "{new}");
    if (withNew !== null)
      return { change: { kind: "replace", words, noun, open: true }, phrase, instruction: withNew };
  }
  return { change: { kind: "replace", words, noun, open: false }, phrase, instruction: named };
}

function draft(
  source: CaptionAnalysis,
  target: CaptionAnalysis,
  difference: CaptionDifference,
  instruction: Token[],
): Draft | null {
  const { start, sourceEnd, targetEnd } = difference;
  const removed = source.tokens.slice(start, sourceEnd);
  const added = target.tokens.slice(start, targetEnd) as Token[];
  if (removed.length === 0) return draftAddition(source, added, start, instruction);
  const covered = source.phrases.filter(
    (phrase) => phrase.headStart >= start && phrase.headStart < sourceEnd,
  );
  if (added.length === 0) {
    const gone = covered.find((phrase) => abstractMention(instruction, source, phrase) !== null);
    if (gone === undefined) return null;
    return {
      change: { kind: "remove" },
      phrase: gone,
      instruction: abstractMention(instruction, source, gone)!,
    };
  }
  const first = removed[0]!.lower;
  if (
    removed.length <= 2 &&
    participles.has(first) &&
    added.length <= 3 &&
    added.every((token) => /^\p{L}/u.test(token.text))
  ) {
    const subject = source.phrases.findLast((phrase) => phrase.end <= start);
    if (subject === undefined) return null;
    return {
      change: { kind: "verb", from: text(removed).toLowerCase(), to: text(added).toLowerCase() },
      phrase: subject,
      instruction: abstractMention(instruction, source, subject) ?? instruction,
    };
  }
  const within = source.phrases.find((phrase) => phrase.start <= start && sourceEnd <= phrase.end);
  if (within === undefined) return null;
  if (start >= within.modifiersStart && sourceEnd <= within.compoundStart)
    return draftModifier(source, within, added, removed, instruction);
  return draftReplacement(source, target, within, difference, instruction);
}

/** A season, time, weather, place or style given another name of its kind. */
function draftExchange(
  source: CaptionAnalysis,
  target: CaptionAnalysis,
  difference: CaptionDifference,
  instruction: Token[],
): Draft | null {
  for (const group of exchangeGroups) {
    const old = findPhrases(source.tokens, group).find(
      (found) => found.start <= difference.start && found.end >= difference.sourceEnd,
    );
    if (old === undefined) continue;
    const end = target.tokens.length - (source.tokens.length - old.end);
    const now = findPhrases(target.tokens, group).find(
      (found) => found.start === old.start && found.end === end,
    );
    if (now === undefined) continue;
    const withNew = replaceRun(instruction, now.phrase.name.split(" "), "{new}");
    const withOld = replaceRun(withNew ?? instruction, old.phrase.name.split(" "), "{old}");
    return {
      change: {
        kind: "exchange",
        group: group.id,
        from: old.phrase.name,
        to: now.phrase.name,
        openTo: withNew !== null,
      },
      phrase: null,
      instruction: withOld ?? withNew ?? instruction,
    };
  }
  return null;
}

/**
 * Takes a seed apart into a template: one contiguous change of the caption, the phrase it concerns, and the
 * instruction with what it names made slots. Null where the change is of no kind the engine can carry over
 * (several changes at once, a clause rewritten); such a seed still teaches a language model.
 */
export function abstractSeed(seed: SeedExample): Template | null {
  const source = analyseCaption(seed.sourceCaption);
  const target = analyseCaption(seed.targetCaption);
  const difference = findDifference(source.tokens, target.tokens);
  const words = tokenise(seed.instruction);
  const drafted =
    draftExchange(source, target, difference, words) ?? draft(source, target, difference, words);
  if (drafted === null) return null;
  const { change, phrase } = drafted;
  // A wording that names a thing of its own caption cannot speak of another's whole picture.
  const namesOwn =
    phrase === null && source.phrases.some((own) => abstractMention(words, source, own) !== null);
  if (namesOwn && change.kind !== "exchange") return null;
  const whole = phrase === null;
  const instruction = text(whole ? drafted.instruction : abstractPronouns(drafted.instruction));
  const newWords = text(target.tokens.slice(difference.start, difference.targetEnd));
  return {
    seed,
    editType: seed.editType,
    change,
    instruction,
    object:
      phrase === null || phrase.noun === null
        ? null
        : { category: phrase.category, lemma: phrase.noun.lemma, plural: phrase.plural },
    namesObject: /\{(?:objects?|noun)\}/.test(instruction),
    scene: source.scene,
    dimensions: mentionedDimensions(newWords),
  };
}
