import { expect, it } from "vitest";
import { settingWords } from "@/components/runs/draw-words";
import type { DrawRecord } from "@/lib/domain/sampling/draw-plan";

const noise = [{ seed: 1, weight: 1 }];

const plan = (...settings: DrawRecord["settings"]): DrawRecord => ({
  mode: "adaptive",
  prior: { alpha: 1, beta: 1 },
  price: 0,
  batches: [4],
  stopped: "enough",
  settings,
});

it.each([
  [null, null],
  [plan(), null],
  [
    plan({ steps: 4, band: 0, noise: null, turn: 0 }),
    "Chosen: 4 steps, lowest third of the attention thresholds",
  ],
  [plan({ steps: 1, band: null, noise: null, turn: 0 }), "Chosen: 1 step, all of the attention thresholds"],
  [
    plan(
      { steps: 4, band: 2, noise: null, turn: 0 },
      { steps: 6, band: 1, noise: null, turn: 0 },
      { steps: 4, band: 2, noise, turn: 0.2 },
    ),
    "Chosen: 4 steps, highest third of the attention thresholds (2 sources); 6 steps, middle third of the attention thresholds; 1 with the noise of earlier draws",
  ],
])("says which settings were chosen for an edit: %j", (record, words) => {
  expect(settingWords({ plan: record })).toBe(words);
});
