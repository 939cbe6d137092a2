/** A word or a punctuation mark of a caption. */
export type Token = {
  readonly text: string;
  readonly lower: string;
  /** Whether it follows the one before without a space (punctuation, "'s"). */
  readonly glued: boolean;
};

/** Cuts a text into words and marks; a possessive "'s" is a token of its own. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(
    /['’]s\b|[\p{L}\p{N}\p{M}]+(?:(?:['’](?!s\b)|-)[\p{L}\p{N}\p{M}]+)*|[^\s]/gu,
  )) {
    const glued = match.index > 0 && !/\s/.test(text[match.index - 1]!);
    tokens.push({ text: match[0], lower: match[0].toLowerCase().replace("’", "'"), glued });
  }
  return tokens;
}

/** Tokens made from words alone, for insertion. */
export function asTokens(text: string): Token[] {
  return tokenise(text);
}

/** The text of tokens, spaced as they were. */
export function detokenise(tokens: readonly Token[]): string {
  return tokens.map((token, index) => (index === 0 || token.glued ? token.text : ` ${token.text}`)).join("");
}

const vowelSound = /^(?:[aeio]|u(?!ni[^mn]|s[ae]|k|tensil)|heir|hour|honest|honou?r)/i;

/** "a" or "an" before a word. */
export function articleFor(word: string): "a" | "an" {
  if (/^(?:one|once|eu|ufo)/i.test(word)) return "a";
  return vowelSound.test(word) ? "an" : "a";
}

/** Corrects every "a"/"an" to the word after it, and the capital of the first word. */
export function repairArticles(tokens: readonly Token[]): Token[] {
  return tokens.map((token, index) => {
    const next = tokens[index + 1];
    if ((token.lower !== "a" && token.lower !== "an") || next === undefined || !/^\p{L}/u.test(next.text))
      return token;
    const article = articleFor(next.text);
    const text = /^A/.test(token.text) ? article[0]!.toUpperCase() + article.slice(1) : article;
    return { ...token, text, lower: article };
  });
}

/** First letter up, or down where the word is no name. */
export function capitalise(text: string): string {
  return text === "" ? text : text[0]!.toUpperCase() + text.slice(1);
}
