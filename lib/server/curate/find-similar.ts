import { fromHalfFloats } from "@/lib/domain/embeddings/half-floats";
import { cosine } from "@/lib/domain/embeddings/near-duplicates";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { Prisma } from "../database/client";
import { loadCurated } from "./load-curated";

/** Up to so many embedded samples each is compared; beyond, the ones whose signs agree most. */
const exactUpTo = 20_000;
const shortlist = 1000;

/** The samples whose target images are most like this one's, by the cosine of their embeddings. */
export async function findSimilar(context: Context, { id, limit }: { id: string; limit: number }) {
  requireAbility(context, "read");
  const { studio, caller } = context;
  const [own] = await studio.db.$queryRaw<{ encoder: string; vector: Uint8Array; signs: string }[]>`
    SELECT encoder, vector, signs::text FROM sample_embeddings
    WHERE sample_id = ${id}::uuid AND project_id = ${caller.projectId}::uuid`;
  if (!own) {
    throw new UserError("not-found", "This sample has no embedding yet. Ask for embeddings first.", "id");
  }
  const [{ others } = { others: 0 }] = await studio.db.$queryRaw<{ others: number }[]>`
    SELECT count(*)::int AS others FROM (SELECT 1 FROM sample_embeddings o
      WHERE o.project_id = ${caller.projectId}::uuid AND o.encoder = ${own.encoder} LIMIT ${exactUpTo + 1}) counted`;
  const exact = others <= exactUpTo;
  const rows = await studio.db.$queryRaw<{ id: string; vector: Uint8Array }[]>`
    SELECT v.sample_id::text AS id, v.vector FROM (
      SELECT sample_id FROM sample_embeddings
      WHERE project_id = ${caller.projectId}::uuid AND encoder = ${own.encoder} AND sample_id <> ${id}::uuid
      ${exact ? Prisma.empty : Prisma.sql`ORDER BY bit_count(signs # ${own.signs}::varbit)`}
      LIMIT ${exact ? exactUpTo : shortlist}
    ) near JOIN sample_embeddings v USING (sample_id)`;
  const query = fromHalfFloats(own.vector);
  const scored = rows
    .map((row) => ({ id: row.id, similarity: cosine(query, fromHalfFloats(row.vector)) }))
    .sort((a, b) => b.similarity - a.similarity)
    // A few more than asked for: some may be withdrawn.
    .slice(0, limit + 20);
  const samples = new Map(
    (
      await loadCurated(
        context,
        scored.map(({ id }) => id),
      )
    ).map((sample) => [sample.id, sample]),
  );
  const items = scored.flatMap(({ id, similarity }) => {
    const sample = samples.get(id);
    return sample ? [{ similarity: Math.min(1, similarity), sample }] : [];
  });
  return { items: items.slice(0, limit), exact, compared: rows.length };
}
