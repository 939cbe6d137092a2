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
    "Chosen: 4 steps for 1 source (attention thresholds: lowest third 1)",
  ],
  [
    plan({ steps: 1, band: null, noise: null, turn: 0 }),
    "Chosen: 1 step for 1 source (attention thresholds: whole range 1)",
  ],
  [
    plan(
      { steps: 6, band: 1, noise: null, turn: 0 },
      { steps: 4, band: 2, noise: null, turn: 0 },
      { steps: 4, band: 0, noise: null, turn: 0 },
      { steps: 4, band: 2, noise, turn: 0.2 },
    ),
    "Chosen: 4 steps for 3 sources (attention thresholds: lowest third 1, highest third 2); 6 steps for 1 source (attention thresholds: middle third 1); noise of earlier draws for 1",
  ],
])("says which settings were chosen for an edit: %j", (record, words) => {
  expect(settingWords({ plan: record })).toBe(words);
});
