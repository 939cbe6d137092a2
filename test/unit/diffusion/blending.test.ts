import { describe, expect, it } from "vitest";
import {
  addBlendMaps,
  blendLatents,
  emptyBlendMaps,
  localBlendMask,
} from "@/lib/diffusion/attention/local-blend";
import { blendBackground, blendPixels, blendsAfter, latentMask } from "@/lib/diffusion/region-blend";

describe("local blending", () => {
  it("follows the published rule on a hand-worked example", () => {
    // Token 1 of the source peaks at the top left, token 2 of the target at the bottom right of a 4×4 grid.
    const peak = (token: number, cell: number) => {
      const maps = new Float32Array(3 * 16);
      maps[token * 16 + cell] = 1;
      maps[token * 16 + 2] = 0.2;
      return maps;
    };
    const maps = emptyBlendMaps(4, 4);
    const blend = { sourceTokens: [1], targetTokens: [2], threshold: 0.3 };
    addBlendMaps(maps, blend, peak(1, 0), peak(2, 15));
    addBlendMaps(maps, blend, peak(1, 0), peak(2, 15));
    expect(Array.from(localBlendMask(maps, 0.3, 4, 4))).toEqual([
      1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1,
    ]);
    // Enlarged to 8×8 by the nearest cell.
    const large = localBlendMask(maps, 0.3, 8, 8);
    expect(large.reduce((sum, value) => sum + value, 0)).toBe(32);
    expect([large[0], large[3], large[4], large[63]]).toEqual([1, 1, 0, 1]);
  });

  it("keeps the source where nothing is attended to, in every channel", () => {
    const target = Float32Array.of(1, 2, 3, 4);
    blendLatents(target, Float32Array.of(9, 8, 7, 6), Uint8Array.of(1, 0));
    expect(Array.from(target)).toEqual([1, 8, 3, 6]);
  });
});

describe("region blending", () => {
  it.each([
    ["alternate", 3, [1]],
    ["alternate", 4, [1, 3]],
    ["every", 3, [0, 1, 2]],
    ["without-last", 3, [0, 1]],
    ["without-last-two", 4, [0, 1]],
    ["first-and-penultimate", 4, [0, 2]],
    ["none", 4, []],
  ] as const)("%s of %i steps", (schedule, count, steps) => {
    const found = Array.from({ length: count }, (_, i) => i).filter((i) => blendsAfter(schedule, i, count));
    expect(found).toEqual(steps);
  });

  it("takes the mask to the latents by the mean of each cell", () => {
    const mask = { width: 4, height: 2, data: Uint8Array.of(255, 255, 0, 255, 255, 255, 0, 0) };
    expect(Array.from(latentMask(mask, 2))).toEqual([1, 0.25]);
  });

  it("mixes background and latents by the mask in every channel", () => {
    const mixed = blendBackground(
      Float32Array.of(1, 2, 3, 4),
      Float32Array.of(0, 10, 0, 20),
      Float32Array.of(1, 0.5),
    );
    expect(Array.from(mixed)).toEqual([1, 6, 3, 12]);
  });

  it("keeps the source's pixels exactly where the mask is 0 and fades in inside", () => {
    const width = 9;
    const source = { width, height: 1, data: new Uint8Array(27).map((_, i) => i) };
    const target = { width, height: 1, data: new Uint8Array(27).fill(200) };
    const mask = { width, height: 1, data: Uint8Array.of(0, 0, 1, 255, 255, 255, 255, 0, 0) };
    const blended = blendPixels(source, target, mask, 1);
    const outside = [0, 1, 7, 8].flatMap((x) => [3 * x, 3 * x + 1, 3 * x + 2]);
    for (const i of outside) expect(blended.data[i]).toBe(source.data[i]);
    expect(blended.data[6]).toBe(Math.round((6 + 200) / 2));
    expect(Array.from(blended.data.slice(9, 18))).toEqual(new Array(9).fill(200));
    expect(Array.from(blendPixels(source, target, mask, 0).data.slice(6, 21))).toEqual(
      new Array(15).fill(200),
    );
  });
});
