import type { CaptionAnalysis } from "../grammar/caption-analysis";
import type { NounPhrase } from "../grammar/noun-phrases";
import { asTokens, capitalise, detokenise, repairArticles, type Token } from "../grammar/tokens";
import { type ModifierKind, modifierKind, modifierKinds, solidMaterials } from "../lexicon/modifiers";

/** The caption with tokens `[start, end)` exchanged for words; articles and the first capital set right. */
export function rewrite(caption: CaptionAnalysis, start: number, end: number, words: string): string {
  const inserted = asTokens(words).map((token, index) =>
    index === 0 && token.text === "," ? { ...token, glued: true } : token,
  );
  const after = caption.tokens.slice(end);
  const before = caption.tokens.slice(0, start);
  const joined: Token[] = [...before, ...inserted, ...after];
  return likeCaption(caption, detokenise(repairArticles(joined)));
}

/** The first letter large or small, as the caption has it. */
export function likeCaption(caption: CaptionAnalysis, text: string): string {
  const first = caption.tokens[0]?.text[0] ?? "";
  const small = first !== first.toUpperCase();
  return small ? text : capitalise(text);
}

/** Where the caption's closing mark stands, or its end. */
export function closing(caption: CaptionAnalysis): number {
  return /^[.!?]$/.test(caption.tokens.at(-1)?.text ?? "")
    ? caption.tokens.length - 1
    : caption.tokens.length;
}

/**
 * Puts an adjective into a phrase: in place of those of its kind, else where English puts that kind (state, size,
 * age, pattern, colour, material).
 */
export function withModifier(
  caption: CaptionAnalysis,
  phrase: NounPhrase,
  words: string,
  kind: ModifierKind,
): string {
  const rank = (of: ModifierKind | null): number => (of === null ? 0 : modifierKinds.indexOf(of));
  if (kind === "material" && solidMaterials.has(words)) return withSolid(caption, phrase, words);
  // The modifier region word by word, so that joining "and"s between exchanged colours go with them.
  const region = caption.tokens.slice(phrase.modifiersStart, phrase.compoundStart);
  const kindAt = (token: Token): ModifierKind | null => modifierKind(token.lower);
  const exchanged = region.findIndex((token) => kindAt(token) === kind && kind !== "state");
  if (exchanged !== -1) {
    let last = exchanged;
    for (let i = exchanged + 1; i < region.length; i++) if (kindAt(region[i]!) === kind) last = i;
    return rewrite(caption, phrase.modifiersStart + exchanged, phrase.modifiersStart + last + 1, words);
  }
  let at = phrase.modifiersStart;
  for (let i = 0; i < region.length; i++) {
    if (kindAt(region[i]!) !== null && rank(kindAt(region[i]!)) < rank(kind))
      at = phrase.modifiersStart + i + 1;
  }
  return rewrite(caption, at, at, words);
}

/** A thing of marble or gold has no other colour, pattern or material left. */
function withSolid(caption: CaptionAnalysis, phrase: NounPhrase, words: string): string {
  const lost: readonly (ModifierKind | null)[] = ["colour", "pattern", "material"];
  const region = caption.tokens.slice(phrase.modifiersStart, phrase.compoundStart);
  const kept = region.filter((token, index) => {
    const joins = token.lower === "and" || token.lower === ",";
    return !lost.includes(modifierKind(joins ? (region[index + 1]?.lower ?? "") : token.lower));
  });
  return rewrite(
    caption,
    phrase.modifiersStart,
    phrase.compoundStart,
    [...kept.map((token) => token.text), words].join(" "),
  );
}

/** Sizes that belong to the old thing's shape: "a tall giraffe" makes no tall bear. */
const shaped = /^(?:tall|long|short|wide|narrow|deep|high|low|thick|thin|towering)$/;

/** Exchanges the noun compound (and the adjectives that described the old thing) for new words. */
export function withNoun(
  caption: CaptionAnalysis,
  phrase: NounPhrase,
  words: string,
  keep: ReadonlySet<ModifierKind>,
): string {
  const kept = caption.tokens
    .slice(phrase.modifiersStart, phrase.compoundStart)
    .filter((token) => keep.has(modifierKind(token.lower) ?? "state") && !shaped.test(token.lower))
    .map((token) => token.text);
  const bare = phrase.start === phrase.modifiersStart && phrase.start === 0;
  return rewrite(
    caption,
    phrase.modifiersStart,
    phrase.end,
    [...kept, bare && kept.length === 0 ? capitalise(words) : words].join(" "),
  );
}
