import { describe, expect, it } from "vitest";
import { alignTokens } from "@/lib/diffusion/attention/align-tokens";
import { controlInputs } from "@/lib/diffusion/attention/control-inputs";
import { pairControl, stepControl } from "@/lib/diffusion/attention/pair-control";
import {
  refinementMapping,
  replacementMapping,
  type TokenMapping,
} from "@/lib/diffusion/attention/token-mapping";
import { captionWords, phraseTokens } from "@/lib/diffusion/caption-words";
import type { ControlSettings } from "@/lib/diffusion/types";
import { tinyTokenizer } from "./tiny-tokenizer";

const tokenizer = tinyTokenizer();
const tokens = tokenizer.maxLength;
const encode = (text: string) => tokenizer.encode(text);

/** Source tokens and weights that reach each target column, for the first columns. */
function columns({ map, alpha }: TokenMapping, count: number): [number, number][][] {
  return Array.from({ length: count }, (_, n) =>
    alpha[n] === 0
      ? []
      : Array.from({ length: tokens }, (_, w): [number, number] => [w, map[w * tokens + n]!]).filter(
          ([, weight]) => weight !== 0,
        ),
  );
}

describe("aligning tokens", () => {
  it.each([
    ["equal", [1, 2, 3], [1, 2, 3], [0, 1, 2]],
    ["one inserted", [1, 2, 3], [1, 9, 2, 3], [0, -1, 1, 2]],
    ["one removed", [1, 9, 2, 3], [1, 2, 3], [0, 2, 3]],
    ["one replaced: two gaps beat a mismatch", [1, 2, 3], [1, 9, 3], [0, -1, 2]],
    ["nothing shared", [1, 2], [8, 9], [-1, -1]],
    ["repeated words", [1, 5, 5, 2], [1, 5, 2], [0, 1, 3]],
  ])("%s", (_, source, target, aligned) => {
    // Among equally good alignments of a repeated word any is right; all must be monotonous and match equal ids.
    const found = alignTokens(source, target);
    if (_ === "repeated words") {
      expect([1, 2]).toContain(found[1]);
      expect([found[0], found[2]]).toEqual([0, 3]);
    } else expect(found).toEqual(aligned);
  });
});

describe("refinement", () => {
  it("keeps shared words on the source's attention and frees new ones", () => {
    const source = encode("a car by the house");
    const target = encode("a red car by the house");
    const mapping = refinementMapping(source, target);
    const fresh = phraseTokens(target, "red");
    for (const n of fresh) expect(mapping.alpha[n]).toBe(0);
    const car = phraseTokens(target, "car");
    const cols = columns(mapping, tokens);
    expect(car.map((n) => cols[n])).toEqual(phraseTokens(source, "car").map((w) => [[w, 1]]));
    expect(cols[0]).toEqual([[0, 1]]);
    expect(cols[target.length - 1]).toEqual([[source.length - 1, 1]]);
    expect(cols[target.length]).toEqual([[target.length, 1]]);
  });

  it("of a caption with itself is the identity, also when the caption is cut", () => {
    for (const text of ["a red car, a red car", "赤い車と家", "a ".repeat(100)]) {
      const mapping = refinementMapping(encode(text), encode(text));
      expect(columns(mapping, tokens)).toEqual(Array.from({ length: tokens }, (_, n) => [[n, 1]]));
    }
  });
});

describe("replacement", () => {
  const wordsOf = (text: string) => captionWords(encode(text)).map((word) => word.tokens);

  it("maps a changed word's tokens one to one if there are as many", () => {
    const mapping = replacementMapping(encode("a red car"), encode("a blue car"));
    const [from, to] = [wordsOf("a red car")[1]!, wordsOf("a blue car")[1]!];
    const cols = columns(mapping, tokens);
    if (from.length === to.length) expect(to.map((n) => cols[n])).toEqual(from.map((w) => [[w, 1]]));
    expect(mapping.alpha.every((alpha) => alpha === 1)).toBe(true);
  });

  it("spreads all source tokens evenly over the target's if the counts differ", () => {
    const [source, target] = ["a cat by the house", "a photograph's by the house"];
    const [from, to] = [wordsOf(source)[1]!, wordsOf(target)[1]!];
    expect(from.length).not.toBe(to.length);
    const cols = columns(replacementMapping(encode(source), encode(target)), tokens);
    const share = Math.fround(1 / to.length);
    for (const n of to) expect(cols[n]).toEqual(from.map((w) => [w, share]));
    expect(cols[1]).toEqual([[1, 1]]);
    expect(cols[tokens - 1]).toEqual([[tokens - 1, 1]]);
  });

  it("between two changed words keeps the aligned source token", () => {
    const [source, target] = ["a cat by the dog", "a photograph's by the boat"];
    const cols = columns(replacementMapping(encode(source), encode(target)), tokens);
    expect(cols[wordsOf(target)[2]![0]!]).toEqual([[wordsOf(source)[2]![0]!, 1]]);
  });

  it("refuses captions with different numbers of words", () => {
    expect(() => replacementMapping(encode("a car"), encode("a red car"))).toThrow(
      /source caption has 2, the target caption 3/,
    );
  });

  it("ignores changed words that were cut off", () => {
    const short = tinyTokenizer(5);
    const mapping = replacementMapping(short.encode("a a a a cat"), short.encode("a a a a dog"));
    expect(Array.from(mapping.map)).toEqual(Array.from({ length: 25 }, (_, i) => (i % 6 === 0 ? 1 : 0)));
  });
});

describe("gates and factors", () => {
  const control = (
    settings: Partial<ControlSettings>,
    steps: number,
    source = "a cat",
    target = "a red cat",
  ) => pairControl(encode(source), encode(target), { mode: "refine", cross: 1, self: 0, ...settings }, steps);
  const crossSteps = (c: ReturnType<typeof control>, steps: number, token = 0) =>
    Array.from({ length: steps }, (_, k) => stepControl(c, k).alpha[token]);

  it.each([
    // With k real steps the cross window ends before step ⌊(k+1)·f⌋, the self window before ⌊k·f⌋.
    [1, 0.4, [0], [0]],
    [1, 0.5, [1], [0]],
    [3, 0.5, [1, 1, 0], [1, 0, 0]],
    [4, 0.9, [1, 1, 1, 1], [1, 1, 1, 0]],
    [4, 0.1, [0, 0, 0, 0], [0, 0, 0, 0]],
  ])("quantises windows as published: %i steps at %f", (steps, threshold, cross, self) => {
    const c = control({ cross: threshold, self: threshold }, steps);
    expect(crossSteps(c, steps)).toEqual(cross);
    expect(Array.from({ length: steps }, (_, k) => stepControl(c, k).selfGate)).toEqual(self);
  });

  it("gives single words windows of their own", () => {
    const c = control({ cross: 1, crossWords: { cat: [0.5, 1] } }, 3);
    const cat = phraseTokens(encode("a red cat"), "cat")[0]!;
    expect(crossSteps(c, 3, cat)).toEqual([0, 0, 1]);
    expect(crossSteps(c, 3, 1)).toEqual([1, 1, 1]);
  });

  it("brings reweighting into the graph's form", () => {
    // α·e·(a·mapped + (1−a)·own) + (1−α)·own, for an aligned word (a = 1), a new one (a = 0), and a shut gate (α = 0).
    const target = encode("a red cat");
    const [red, cat] = [phraseTokens(target, "red")[0]!, phraseTokens(target, "cat")[0]!];
    const c = control({ cross: 0.5, reweights: { red: 3, cat: 0.5 } }, 3);
    const [open, shut] = [stepControl(c, 0), stepControl(c, 2)];
    const column = ({ alpha, scale }: typeof open, n: number, mapped: number, own: number) =>
      (mapped * alpha[n]! + own * (1 - alpha[n]!)) * scale[n]!;
    expect(column(open, cat, 7, 11)).toBeCloseTo(0.5 * 7);
    expect(column(open, red, 7, 11)).toBeCloseTo(3 * 11);
    expect(column(shut, red, 7, 11)).toBeCloseTo(11);
  });

  it("says when a step needs the controlled graph", () => {
    const needed = (settings: Partial<ControlSettings>) =>
      [0, 1, 2].map((k) => stepControl(control(settings, 3), k).needed);
    expect(needed({ cross: 0, self: 0 })).toEqual([false, false, false]);
    expect(needed({ cross: 0.5, self: 0 })).toEqual([true, true, false]);
    expect(needed({ mode: "none", cross: 1, self: 1 })).toEqual([false, false, false]);
    expect(needed({ mode: "none", cross: 1, self: 0, reweights: { red: 2 } })).toEqual([true, true, true]);
    expect(needed({ cross: 0, localBlend: { sourceWords: ["cat"], targetWords: ["cat"] } })).toEqual([
      true,
      true,
      true,
    ]);
  });

  it("names the word or setting that cannot be used", () => {
    expect(() => control({ reweights: { dog: 2 } }, 3)).toThrow(/target caption does not contain "dog"/);
    expect(() => control({ cross: 1.5 }, 3)).toThrow(/control.cross/);
    expect(() => control({ localBlend: { sourceWords: ["red"], targetWords: [] } }, 3)).toThrow(
      /source caption/,
    );
    expect(() => control({ reweights: { red: Number.NaN } }, 3)).toThrow(/control.reweights.red/);
  });

  it("batches sources with any number and mix of targets", () => {
    const a = control({ self: 1 }, 3);
    const b = control({ mode: "none" }, 4, "a dog", "a cat");
    const [first, second] = [
      { control: a, step: stepControl(a, 0) },
      { control: b, step: stepControl(b, 2) },
    ];
    const inputs = controlInputs(
      [{ targets: [] }, { targets: [first, second] }, { targets: [first] }],
      tokens,
    );
    expect(Array.from(inputs.source_row.data, Number)).toEqual([0, 1, 1, 1, 4, 4]);
    expect(inputs.cross_map.dims).toEqual([6, tokens, tokens]);
    expect(inputs.cross_map.data.slice(3 * tokens * tokens, 4 * tokens * tokens)).toEqual(b.mapping.map);
    expect(Array.from(inputs.self_gate.data)).toEqual([0, 0, 1, 0, 0, 1]);
    const row = (tensor: { data: Float32Array }, r: number) =>
      tensor.data.slice(r * tokens, (r + 1) * tokens);
    expect([2, 5].map((r) => row(inputs.cross_alpha, r))).toEqual([first.step.alpha, first.step.alpha]);
    for (const r of [0, 1, 3, 4]) {
      expect(row(inputs.cross_alpha, r).every((alpha) => alpha === 0)).toBe(true);
      expect(row(inputs.cross_scale, r).every((scale) => scale === 1)).toBe(true);
    }
  });
});
