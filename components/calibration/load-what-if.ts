import { z } from "zod";
import { fetchColumns } from "@/lib/api/columns";
import type { ScoreTable } from "@/lib/domain/calibration/what-if/score-table";
import type { Columns } from "@/lib/domain/calibration/what-if/table-codec";
import type { WhatIfData } from "@/lib/domain/calibration/what-if/what-if";

const table = z.object({
  rows: z.int(),
  scores: z.array(z.object({ score: z.string(), min: z.number(), max: z.number() })),
});
const candidateFacts = table.extend({ scale: z.number(), editTypes: z.array(z.string()) });
const decidedFacts = table.extend({ covered: z.number() });

export interface LoadedWhatIf {
  data: WhatIfData;
  /** Share of the samples that people's decisions say something about. */
  covered: number;
}

/** Every candidate's scores and every decision, fetched once; then each question is answered in the browser. */
export async function loadWhatIf(): Promise<LoadedWhatIf> {
  const [candidates, decided] = await Promise.all([
    fetchColumns("/api/calibration/candidates"),
    fetchColumns("/api/calibration/decided"),
  ]);
  const facts = candidateFacts.parse(candidates.facts);
  const { covered } = decidedFacts.parse(decided.facts);
  return {
    covered,
    data: {
      candidates: tableOf(candidates),
      types: candidates.arrays.types as Uint8Array,
      editTypes: facts.editTypes,
      scale: facts.scale,
      decided: tableOf(decided),
      approved: decided.arrays.approved as Uint8Array,
      weights: decided.arrays.weights as Float32Array,
    },
  };
}

function tableOf({ facts, arrays }: Columns): ScoreTable {
  const { rows, scores } = table.parse(facts);
  return {
    rows,
    columns: scores.map((column) => ({ ...column, values: arrays[`score:${column.score}`] as Uint16Array })),
  };
}
