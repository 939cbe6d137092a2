import { describe, expect, it } from "vitest";
import { normalNoise, philox } from "@/lib/diffusion/noise";

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
