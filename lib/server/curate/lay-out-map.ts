import { fromHalfFloats } from "@/lib/domain/embeddings/half-floats";
import { nearDuplicates } from "@/lib/domain/embeddings/near-duplicates";
import { placeOn, principalPlane } from "@/lib/domain/embeddings/principal-components";
import type { Studio } from "../context";

/** Samples that are placed on the map and grouped, the newest: what fits into a worker's memory at ease. */
export const mostMapped = 50_000;
/** Vectors that decide the map's axes. */
const mostForAxes = 5000;
const writtenTogether = 2000;

/** Places the newest embedded samples on the plane in which they differ most, and groups near-duplicates. */
export async function layOutMap({ db }: Studio, projectId: string, encoder: string): Promise<void> {
  const rows = await db.$queryRaw<{ id: string; vector: Uint8Array }[]>`
    SELECT v.sample_id::text AS id, v.vector FROM sample_embeddings v JOIN samples s ON s.id = v.sample_id
    WHERE v.project_id = ${projectId}::uuid AND v.encoder = ${encoder} AND NOT s.withdrawn
    ORDER BY v.sample_id DESC LIMIT ${mostMapped}`;
  if (rows.length === 0) return;
  // Oldest first, so that a group is named by its oldest sample.
  rows.reverse();
  const vectors = rows.map(({ vector }) => fromHalfFloats(vector));
  const step = Math.max(1, Math.floor(vectors.length / mostForAxes));
  const plane = principalPlane(vectors.filter((_, index) => index % step === 0));
  const groups = nearDuplicates(vectors);
  for (let from = 0; from < rows.length; from += writtenTogether) {
    const part = rows.slice(from, from + writtenTogether).map(({ id }, offset) => {
      const [x, y] = placeOn(plane, vectors[from + offset]!);
      const group = groups[from + offset]!;
      return { id, x, y, group: group < 0 ? null : rows[group]!.id };
    });
    await db.$executeRaw`
      UPDATE sample_embeddings v SET map_x = g.x, map_y = g.y, group_id = g.group_id
      FROM unnest(${part.map(({ id }) => id)}::uuid[], ${part.map(({ x }) => x)}::float8[],
        ${part.map(({ y }) => y)}::float8[], ${part.map(({ group }) => group)}::uuid[]) AS g(id, x, y, group_id)
      WHERE v.sample_id = g.id`;
  }
}
