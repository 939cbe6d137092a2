import { describe, expect, it } from "vitest";
import { captionWords, phraseTokens } from "@/lib/diffusion/caption-words";
import { readFixture, tinyTokenizer } from "./tiny-tokenizer";

const cases = JSON.parse(readFixture("cases.json")) as { text: string; ids: number[] }[];
const tokenizer = tinyTokenizer();
const vocabulary = JSON.parse(readFixture("vocab.json")) as Record<string, number>;
const [bos, eos] = [vocabulary["<|startoftext|>"]!, vocabulary["<|endoftext|>"]!];

describe("the CLIP tokenizer", () => {
  it.each(cases.filter(({ ids }) => ids.length <= 75))(
    "gives the reference's ids for $text",
    ({ text, ids }) => {
      const encoded = tokenizer.encode(text);
      expect(encoded.ids.slice(0, encoded.length)).toEqual([bos, ...ids, eos]);
      expect(encoded.ids).toHaveLength(77);
      expect(encoded.truncated).toBe(false);
    },
  );

  it("cuts a long caption and keeps the end token", () => {
    const long = cases.find(({ ids }) => ids.length > 75)!;
    const encoded = tokenizer.encode(long.text);
    expect(encoded.ids).toEqual([bos, ...long.ids.slice(0, 75), eos]);
    expect(encoded.truncated).toBe(true);
  });

  it("pads with the padding token", () => {
    expect(tinyTokenizer(6).encode("a").ids).toEqual([bos, vocabulary["a</w>"], eos, eos, eos, eos]);
  });

  it("takes special tokens inside a caption as plain text", () => {
    const { ids, length } = tokenizer.encode("a <|endoftext|> car");
    expect(ids.slice(1, length - 1)).not.toContain(eos);
  });
});

describe("words and their tokens", () => {
  /** The text under tokens, without repeating a character whose bytes fell into several tokens. */
  const textOf = (caption: string, tokens: readonly number[]) => {
    const { text, spans } = tokenizer.encode(caption);
    const covered = new Set(tokens.flatMap((t) => range(spans[t]!.start, spans[t]!.end)));
    return [...covered]
      .sort((x, y) => x - y)
      .map((at) => text[at])
      .join("");
  };
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

  it.each([
    "a red car, beside the house!",
    "el niño come piñas — «rápido»…",
    "красная машина у дома",
    "赤い車 と 家",
    "a 🚗 and a 👩‍👩‍👧 on a road",
  ])("gives every word the tokens that spell it: %s", (caption) => {
    const words = captionWords(tokenizer.encode(caption));
    expect(words.map(({ tokens }) => textOf(caption, tokens))).toEqual(caption.split(" "));
  });

  it("finds every occurrence of a word, and it alone", () => {
    const caption = "a cat, a Cat and a catalogue of cats (cat)";
    const tokens = phraseTokens(tokenizer.encode(caption), "cat");
    expect(textOf(caption, tokens)).toBe("catcatcat");
  });

  it("finds phrases, words in other scripts, and words inside text without spaces", () => {
    expect(textOf("a small red car", phraseTokens(tokenizer.encode("a small red car"), "Red  Car"))).toBe(
      "redcar",
    );
    expect(phraseTokens(tokenizer.encode("赤い車と家"), "車").length).toBeGreaterThan(0);
    expect(phraseTokens(tokenizer.encode("красная машина"), "машина").length).toBeGreaterThan(0);
    expect(phraseTokens(tokenizer.encode("красная машина"), "маши")).toEqual([]);
  });

  it("gives words that were cut off no tokens", () => {
    const words = captionWords(tinyTokenizer(4).encode("a red car"));
    expect(words.map(({ tokens }) => tokens)).toEqual([[1], [2], []]);
  });
});
