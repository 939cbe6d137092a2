import { describe, expect, it } from "vitest";
import { runsToMask, spansToRuns } from "@/lib/domain/masks/crop-runs";
import { logitsToMask } from "@/lib/perception/logits-to-mask";
import { logitsToRuns } from "@/lib/perception/logits-to-runs";

/** Smooth hills and valleys with a few sharp cells, different for each seed. */
function logits(side: number, seed: number) {
  const data = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const noise = Math.sin(seed * 12.9898 + x * 78.233 + y * 37.719) * 43758.5453;
      data[y * side + x] =
        4 * Math.sin(x / 3 + seed) * Math.cos(y / 4 - seed) + 3 * (noise - Math.floor(noise)) - 1.5;
    }
  }
  return { side, data };
}

describe("masks as runs", () => {
  for (const [width, height] of [
    [64, 64],
    [301, 97],
    [97, 640],
    [5, 3],
  ] as const) {
    it(`are the pixels that the whole mask has, at ${width}×${height}`, () => {
      const scale = Math.min(256 / width, 256 / height);
      const placement = { scaleX: scale, scaleY: scale, offsetX: 0, offsetY: 0, width: 256, height: 256 };
      for (let seed = 0; seed < 6; seed++) {
        const made = logits(seed % 2 ? 32 : 64, seed);
        const whole = logitsToMask(made, { placement, width, height });
        const runs = logitsToRuns(made, { placement, width, height });
        const back = runsToMask(runs, width, height);
        // The two round differently where a logit is 0 to within a float's last bits.
        const different = whole.data.reduce((n, level, i) => n + (level === back.data[i] ? 0 : 1), 0);
        expect(different).toBeLessThanOrEqual(Math.ceil((width * height) / 50_000));
        expect(runs.counts.reduce((sum, count) => sum + count, 0)).toBe(runs.crop[2] * runs.crop[3]);
      }
    });
  }

  it("are empty where nothing is positive, and one run where everything is", () => {
    const image = {
      placement: { scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0, width: 8, height: 8 },
      width: 8,
      height: 8,
    };
    expect(logitsToRuns({ side: 4, data: new Float32Array(16).fill(-1) }, image)).toEqual({
      crop: [0, 0, 0, 0],
      counts: [],
    });
    expect(logitsToRuns({ side: 4, data: new Float32Array(16).fill(1) }, image)).toEqual({
      crop: [0, 0, 8, 8],
      counts: [0, 64],
    });
  });

  it("leave out what lies outside of the image, and join rows of full width", () => {
    const runs = spansToRuns([
      { y: 1, from: 2, to: 4 },
      { y: 2, from: 2, to: 4 },
      { y: 4, from: 3, to: 4 },
    ]);
    expect(runs).toEqual({ crop: [2, 1, 2, 4], counts: [0, 4, 3, 1] });
    expect(Array.from(runsToMask(runs, 3, 3).data)).toEqual([0, 0, 0, 0, 0, 255, 0, 0, 255]);
  });

  it("cost milliseconds at 8192×8192", () => {
    const size = { width: 8192, height: 8192 };
    const placement = { scaleX: 1 / 32, scaleY: 1 / 32, offsetX: 0, offsetY: 0, width: 256, height: 256 };
    const made = logits(64, 3);
    logitsToRuns(made, { placement, ...size });
    const start = process.cpuUsage();
    logitsToRuns(made, { placement, ...size });
    // 67 million pixels one by one take more than a second.
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(300);
  });
});
