import { describe, expect, it } from "vitest";
import { mixedNoise, normalNoise, philox } from "@/lib/diffusion/noise";
import { noiseOfSeed, rootOf, turnNoise } from "@/lib/domain/draw-noise";

describe("the noise generator", () => {
  // Known answers of the Random123 library for philox4x32, 10 rounds.
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])("is Philox 4×32-10 (%#)", (counter, key, answer) => {
    const block = Uint32Array.from(counter);
    philox(block, key[0]!, key[1]!);
    expect(Array.from(block)).toEqual(answer);
  });

  it("gives the same value at the same place whatever the length", () => {
    const long = normalNoise(42, "initial", 0, 101);
    expect(normalNoise(42, "initial", 0, 7)).toEqual(long.slice(0, 7));
  });

  it("differs by seed, also above 32 bits, by stream and by step", () => {
    const first = (seed: number, stream: "initial" | "step", step: number) =>
      normalNoise(seed, stream, step, 1)[0];
    const values = [
      first(1, "initial", 0),
      first(2, "initial", 0),
      first(1 + 2 ** 32, "initial", 0),
      first(1, "step", 0),
      first(1, "step", 1),
    ];
    expect(new Set(values).size).toBe(values.length);
  });

  it("is standard normal and uncorrelated between neighbours", () => {
    const values = normalNoise(7, "initial", 0, 200_000);
    const mean = (pick: (value: number, index: number) => number) =>
      values.reduce((sum, v, i) => sum + pick(v, i), 0) / values.length;
    expect(Math.abs(mean((v) => v))).toBeLessThan(0.01);
    expect(mean((v) => v * v)).toBeCloseTo(1, 1);
    expect(mean((v) => v ** 4)).toBeCloseTo(3, 0);
    expect(Math.abs(mean((v, i) => v * (values[i + 1] ?? 0)))).toBeLessThan(0.01);
    expect(mean((v) => (Math.abs(v) < 1.96 ? 1 : 0))).toBeCloseTo(0.95, 2);
  });
});

describe("a sum of noises", () => {
  const count = 40_000;
  const correlation = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, x, e) => sum + x * b[e]!, 0) / count;
  const [root, other] = [noiseOfSeed(5), noiseOfSeed(6)];

  it("of one seed is that seed's", () => {
    expect(mixedNoise(root, count)).toEqual(normalNoise(5, "initial", 0, count));
  });

  it("is standard normal, and correlates with its root by the cosine of the angle it was turned by", () => {
    for (const strength of [0.1, 0.3, 0.7]) {
      const noise = mixedNoise(turnNoise(root, other, strength), count);
      expect(correlation(noise, noise)).toBeCloseTo(1, 1);
      expect(correlation(noise, mixedNoise(root, count))).toBeCloseTo(Math.cos((strength * Math.PI) / 2), 1);
    }
  });

  it("begins with the root and ends with the other", () => {
    expect(turnNoise(root, other, 0)).toEqual(root);
    const end = mixedNoise(turnNoise(root, other, 1), 8);
    normalNoise(6, "initial", 0, 8).forEach((value, e) => {
      expect(end[e]!).toBeCloseTo(value, 6);
    });
  });

  it("keeps its root first, and adds up what is turned to the same noise twice", () => {
    const twice = turnNoise(turnNoise(root, other, 0.3), other, 0.2);
    expect(twice.map(({ seed }) => seed)).toEqual([5, 6]);
    expect(rootOf(twice)).toBe(5);
    const third = turnNoise(turnNoise(root, other, 0.3), noiseOfSeed(7), 0.2);
    expect(third.reduce((sum, { weight }) => sum + weight ** 2, 0)).toBeCloseTo(1, 12);
  });
});
