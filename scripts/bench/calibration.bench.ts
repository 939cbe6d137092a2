import { performance } from "node:perf_hooks";
import { fitAcceptance } from "@/lib/domain/calibration/acceptance-model";
import { type ScoreTable, scoreColumn } from "@/lib/domain/calibration/what-if/score-table";
import { createWhatIf, type WhatIf, type WhatIfData } from "@/lib/domain/calibration/what-if/what-if";
import { editTypeIds } from "@/lib/domain/edit-types";
import { scoreDefinitions } from "@/lib/domain/scores";
import { randomStream } from "@/lib/domain/statistics/random-stream";
import type { Benchmark } from "./benchmark";

const million = 1_000_000;
const decidedCount = 100_000;
const random = randomStream(1);

/** Numbers between 0 and 1 that are missing now and then, as scores are. */
function table(rows: number): ScoreTable {
  return {
    rows,
    columns: scoreDefinitions.map(({ id }, index) => {
      const values = Float32Array.from({ length: rows }, () =>
        index > 8 && random() < 0.3 ? Number.NaN : (random() + random() + random()) / 3,
      );
      return scoreColumn(id, values);
    }),
  };
}

let data: WhatIfData | undefined;
function millionCandidates(): WhatIfData {
  data ??= {
    candidates: table(million),
    types: Uint8Array.from({ length: million }, () => Math.floor(random() * editTypeIds.length)),
    editTypes: editTypeIds,
    scale: 1,
    decided: table(decidedCount),
    approved: Uint8Array.from({ length: decidedCount }, () => (random() < 0.6 ? 1 : 0)),
    weights: Float32Array.from({ length: decidedCount }, () => 1 + random()),
  };
  return data;
}

/** Milliseconds of `count` slider moves, each with the full answer. */
function moves(whatIf: WhatIf, count: number): { p95: number; slowest: number } {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const score = scoreDefinitions[i % scoreDefinitions.length]!;
    const started = performance.now();
    whatIf.setBound(score.id, score.higherIsBetter ? { min: random() * 0.4 } : { max: 1 - random() * 0.4 });
    whatIf.answer();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { p95: times[Math.ceil(times.length * 0.95) - 1]!, slowest: times.at(-1)! };
}

export const benchmarks: Benchmark[] = [
  {
    name: "calibration/slider-move",
    unit: "ms",
    target: { atMost: 100 },
    async run() {
      const whatIf = createWhatIf(millionCandidates());
      for (const { id } of scoreDefinitions) whatIf.setBound(id, { min: 0.1 });
      moves(whatIf, 20);
      const before = process.cpuUsage();
      const { p95, slowest } = moves(whatIf, 200);
      const { user, system } = process.cpuUsage(before);
      return {
        value: p95,
        note: `p95 of 200 moves: a million candidates, ${decidedCount} decisions, ${scoreDefinitions.length} bounds; slowest ${slowest.toFixed(1)}, processor time ${((user + system) / 200_000).toFixed(1)} a move`,
      };
    },
  },
  {
    name: "calibration/open",
    unit: "ms",
    target: { atMost: 2000 },
    async run() {
      const loaded = millionCandidates();
      const started = performance.now();
      createWhatIf(loaded).answer();
      return { value: performance.now() - started, note: "from the received table to the first answer" };
    },
  },
  {
    name: "calibration/fit",
    unit: "s",
    target: { atMost: 60 },
    async run() {
      const samples = Array.from({ length: 20_000 }, (_, i) => {
        const scores = Object.fromEntries(scoreDefinitions.map(({ id }) => [id, random()]));
        const z = 6 * (scores.clipDirection! - 0.5) + 3 * (scores.ssim! - 0.5);
        return { scores, approved: random() < 1 / (1 + Math.exp(-z)), group: `anchor ${i >> 1}`, weight: 1 };
      });
      const started = performance.now();
      const outcome = fitAcceptance(
        samples,
        scoreDefinitions.map(({ id }) => id),
      );
      if (!outcome.ok) throw new Error(outcome.problem);
      return {
        value: (performance.now() - started) / 1000,
        note: "20,000 decisions, ten penalties, five folds; runs in a worker",
      };
    },
  },
];
