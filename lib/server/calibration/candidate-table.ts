import { type ScoreColumn, scoreColumn } from "@/lib/domain/calibration/what-if/score-table";
import { encodeColumns } from "@/lib/domain/calibration/what-if/table-codec";
import { editTypeIds } from "@/lib/domain/edit-types";
import { scoreDefinitions } from "@/lib/domain/scores";
import { type Context, requireAbility } from "../context";
import { readCounters } from "../counters";
import { Prisma } from "../database/client";

/** More are not sent: a random part of this size stands for all. */
export const mostCandidates = 1_000_000;
const blockSize = 50_000;
const scoreIds = scoreDefinitions.map(({ id }) => id);

interface Block {
  rows: number;
  last: string | null;
  types: Uint8Array | null;
  [score: `score${number}`]: Uint8Array | null;
}

/** A table of all candidates is made again when one is added; a random part stands for a few more as well. */
const staleGrowth = 0.01;

const cached = new Map<
  string,
  { candidates: number; anchors: number; bytes: Promise<Uint8Array<ArrayBuffer>> }
>();

/** Every candidate's scores for the browser, 2 bytes a score. Kept in memory until there are more candidates or fewer anchors. */
export async function candidateTable(context: Context): Promise<Uint8Array<ArrayBuffer>> {
  requireAbility(context, "read");
  const { projectId } = context.caller;
  const { candidates, anchors } = await readCounters(context.studio.db, projectId);
  const known = cached.get(projectId);
  const grown = known ? candidates - known.candidates : Number.POSITIVE_INFINITY;
  const allowed = candidates > mostCandidates ? staleGrowth * candidates : 0;
  // A withdrawn anchor takes its candidates out.
  if (known?.anchors === anchors && grown >= 0 && grown <= allowed) return known.bytes;
  const bytes = build(context, candidates);
  cached.set(projectId, { candidates, anchors, bytes });
  bytes.catch(() => cached.delete(projectId));
  return bytes;
}

async function build({ studio, caller }: Context, candidates: number): Promise<Uint8Array<ArrayBuffer>> {
  const percent = candidates > mostCandidates ? (100 * mostCandidates) / candidates : null;
  const parts: Block[] = [];
  for (let after: string | null = null; ; ) {
    const block: Block = await readBlock(studio.db, caller.projectId, after, percent);
    if (block.rows > 0) parts.push(block);
    // A random part is read in one go: two draws would not be the same.
    if (block.rows < blockSize || percent !== null) break;
    after = block.last;
  }
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const types = new Uint8Array(rows);
  let at = 0;
  for (const part of parts) {
    types.set(part.types!, at);
    at += part.rows;
  }
  const columns = scoreIds
    .map((score, index) => scoreColumn(score, joined(parts, `score${index}`, rows)))
    .filter(({ values }) => values.some((value) => value > 0));
  return encodeColumns({
    facts: {
      rows,
      scale: percent === null || rows === 0 ? 1 : candidates / rows,
      editTypes: [...editTypeIds],
      scores: columns.map(({ score, min, max }) => ({ score, min, max })),
    },
    arrays: { types, ...named(columns) },
  });
}

export function named(columns: readonly ScoreColumn[]): Record<string, Uint16Array> {
  return Object.fromEntries(columns.map(({ score, values }) => [`score:${score}`, values]));
}

function joined(parts: readonly Block[], name: `score${number}`, rows: number): Float32Array {
  const values = new Float32Array(rows);
  let at = 0;
  for (const part of parts) {
    const bytes = part[name]!;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < part.rows; i++) values[at++] = view.getFloat32(i * 4);
  }
  return values;
}

/**
 * A block of candidates, of a random part in no order. One pass over the rows fills all columns, so that they agree; each score
 * is one string of big-endian floats, NaN where missing.
 */
async function readBlock(
  db: Context["studio"]["db"],
  projectId: string,
  after: string | null,
  percent: number | null,
): Promise<Block> {
  const columns = scoreIds.map(
    (score, index) =>
      Prisma.sql`string_agg(float4send(coalesce((scores->>${score})::float4, 'NaN')), ''::bytea) AS ${Prisma.raw(`score${index}`)}`,
  );
  const [block] = await db.$queryRaw<Block[]>`
    SELECT count(*)::int AS rows, max(id::text) AS last,
      string_agg(set_byte('\\x00'::bytea, 0, coalesce(array_position(${[...editTypeIds]}::text[], edit_type) - 1, 0)),
        ''::bytea) AS types,
      ${Prisma.join(columns)}
    FROM (
      SELECT c.id, c.scores, e.edit_type
      FROM candidates c ${percent === null ? Prisma.empty : Prisma.sql`TABLESAMPLE SYSTEM (${Prisma.raw(String(percent))})`}
      JOIN edits e ON e.id = c.edit_id
      JOIN anchors a ON a.id = e.anchor_id
      WHERE e.project_id = ${projectId}::uuid AND a.withdrawn_at IS NULL
        ${after ? Prisma.sql`AND c.id > ${after}::uuid` : Prisma.empty}
      ${percent === null ? Prisma.sql`ORDER BY c.id LIMIT ${blockSize}` : Prisma.sql`LIMIT ${2 * mostCandidates}`}
    ) block`;
  return block!;
}
