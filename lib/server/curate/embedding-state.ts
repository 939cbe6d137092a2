import { encodeColumns } from "@/lib/domain/calibration/what-if/table-codec";
import { editTypeIds } from "@/lib/domain/edit-types";
import { sampleStates } from "@/lib/domain/sample-state";
import { type Context, requireAbility } from "../context";
import { readCounters } from "../counters";
import { encoderOf } from "./embed-samples";
import { mostMapped } from "./lay-out-map";

/** How far the project's samples are embedded by the encoder in use. */
export async function embeddingState(context: Context) {
  requireAbility(context, "read");
  const { studio, caller } = context;
  const encoder = await encoderOf(studio, caller.projectId);
  const [counts] = await studio.db.$queryRaw<{ embedded: number; mapped: number }[]>`
    SELECT count(*)::int AS embedded, count(map_x)::int AS mapped FROM sample_embeddings
    WHERE project_id = ${caller.projectId}::uuid AND encoder = ${encoder?.id ?? ""}`;
  const counters = await readCounters(studio.db, caller.projectId);
  return {
    ...counts!,
    samples: counters["samples.pending"] + counters["samples.approved"] + counters["samples.rejected"],
    encoder: encoder?.id ?? null,
  };
}

interface Point {
  id: string;
  x: number;
  y: number;
  state: string;
  editType: string;
  version: number;
  grouped: boolean;
}

/** Every sample on the map in one block of bytes: place, state, type, and the 16 bytes of its id. */
export async function mapPoints(context: Context): Promise<Uint8Array<ArrayBuffer>> {
  requireAbility(context, "read");
  const { studio, caller } = context;
  const encoder = await encoderOf(studio, caller.projectId);
  const rows = await studio.db.$queryRaw<Point[]>`
    SELECT s.id::text, v.map_x AS x, v.map_y AS y, s.state::text, s.edit_type AS "editType", s.version,
      v.group_id IS NOT NULL AS grouped
    FROM sample_embeddings v JOIN samples s ON s.id = v.sample_id
    WHERE v.project_id = ${caller.projectId}::uuid AND v.encoder = ${encoder?.id ?? ""} AND v.map_x IS NOT NULL
      AND NOT s.withdrawn
    ORDER BY v.sample_id DESC LIMIT ${mostMapped}`;
  const ids = new Uint8Array(rows.length * 16);
  for (const [index, { id }] of rows.entries())
    ids.set(Buffer.from(id.replaceAll("-", ""), "hex"), index * 16);
  return encodeColumns({
    facts: { rows: rows.length, states: sampleStates, editTypes: editTypeIds },
    arrays: {
      x: Float32Array.from(rows, ({ x }) => x),
      y: Float32Array.from(rows, ({ y }) => y),
      states: Uint8Array.from(rows, ({ state }) =>
        sampleStates.indexOf(state as (typeof sampleStates)[number]),
      ),
      types: Uint8Array.from(rows, ({ editType }) =>
        Math.max(0, (editTypeIds as readonly string[]).indexOf(editType)),
      ),
      grouped: Uint8Array.from(rows, ({ grouped }) => (grouped ? 1 : 0)),
      ids,
    },
  });
}
