import { scoreColumn } from "@/lib/domain/calibration/what-if/score-table";
import { encodeColumns } from "@/lib/domain/calibration/what-if/table-codec";
import { scoreDefinitions } from "@/lib/domain/scores";
import { type Context, requireAbility } from "../context";
import { named } from "./candidate-table";
import { loadDecided, weighDecided } from "./load-decided";

/** The scores of the samples that people decided on, with their answers and weights, for the browser. */
export async function decidedTable(context: Context): Promise<Uint8Array<ArrayBuffer>> {
  requireAbility(context, "read");
  const { studio, caller } = context;
  const rows = await loadDecided(studio.db, caller.projectId);
  const { weights, covered } = await weighDecided(studio.db, caller.projectId, rows);
  const columns = scoreDefinitions
    .map(({ id }) =>
      scoreColumn(
        id,
        Float32Array.from(rows, ({ scores }) => scores[id] ?? Number.NaN),
      ),
    )
    .filter(({ values }) => values.some((value) => value > 0));
  return encodeColumns({
    facts: {
      rows: rows.length,
      covered,
      scores: columns.map(({ score, min, max }) => ({ score, min, max })),
    },
    arrays: {
      approved: Uint8Array.from(rows, ({ approved }) => (approved ? 1 : 0)),
      weights,
      ...named(columns),
    },
  });
}
