import { toHalfFloats } from "@/lib/domain/embeddings/half-floats";
import { signBits } from "@/lib/domain/embeddings/near-duplicates";
import type { TargetEmbedding } from "@/lib/perception/types";
import type { Studio } from "../context";
import type { Transaction } from "../database/client";

/** Stores vectors of unit length. */
export async function writeEmbeddings(
  { db }: Pick<Studio, "db">,
  projectId: string,
  encoder: string,
  rows: readonly { id: string; sha: string; vector: Float32Array }[],
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO sample_embeddings (sample_id, project_id, encoder, image_sha, vector, signs)
    SELECT g.id, ${projectId}::uuid, ${encoder}, g.sha, decode(g.vector, 'hex'), g.signs::varbit
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ sha }) => sha)}::text[],
      ${rows.map(({ vector }) => hexOf(vector))}::text[], ${rows.map(({ vector }) => signBits(vector))}::text[])
      AS g(id, sha, vector, signs)
    ON CONFLICT (sample_id) DO UPDATE SET encoder = EXCLUDED.encoder, image_sha = EXCLUDED.image_sha,
      vector = EXCLUDED.vector, signs = EXCLUDED.signs, map_x = NULL, map_y = NULL, group_id = NULL`;
}

/** Keeps what scoring saw of candidates that may become samples, until their edit is finished. */
export async function holdEmbeddings(
  tx: Transaction,
  rows: readonly { candidateId: string; embedding: TargetEmbedding }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO candidate_embeddings (candidate_id, encoder, vector, signs)
    SELECT g.id, g.encoder, decode(g.vector, 'hex'), g.signs::varbit
    FROM unnest(${rows.map(({ candidateId }) => candidateId)}::uuid[],
      ${rows.map(({ embedding }) => embedding.encoder)}::text[],
      ${rows.map(({ embedding }) => hexOf(embedding.vector))}::text[],
      ${rows.map(({ embedding }) => signBits(embedding.vector))}::text[]) AS g(id, encoder, vector, signs)`;
}

/** Gives the samples of a finished edit what was kept of their candidates, and forgets the rest. */
export async function keepEmbeddings(tx: Transaction, editId: string): Promise<void> {
  await tx.$executeRaw`
    WITH held AS (
      DELETE FROM candidate_embeddings e USING candidates c WHERE c.id = e.candidate_id AND c.edit_id = ${editId}::uuid
      RETURNING e.candidate_id, e.encoder, e.vector, e.signs, c.image_sha)
    INSERT INTO sample_embeddings (sample_id, project_id, encoder, image_sha, vector, signs)
    SELECT s.id, s.project_id, held.encoder, held.image_sha, held.vector, held.signs
    FROM held JOIN samples s ON s.candidate_id = held.candidate_id
    ON CONFLICT (sample_id) DO NOTHING`;
}

function hexOf(vector: Float32Array): string {
  return Buffer.from(toHalfFloats(vector)).toString("hex");
}
