import { join } from "node:path";
import sharp from "sharp";
import { toHalfFloats } from "@/lib/domain/embeddings/half-floats";
import { signBits } from "@/lib/domain/embeddings/near-duplicates";
import { UserError } from "@/lib/domain/errors";
import type { RgbImage } from "@/lib/domain/image";
import { runConfigSchema } from "@/lib/domain/run-config";
import type { InferenceEngine } from "@/lib/inference/types";
import { loadManifest } from "@/lib/packs/load-manifest";
import { type Context, requireAbility, type Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { layOutMap } from "./lay-out-map";

/** Images that go to the encoder together. */
const batchSize = 32;

/** Which encoder a project's samples are embedded with: that of the newest run's pack. */
export interface Encoder {
  pack: string;
  model: "clip" | "selfSupervised";
  /** Name by which vectors are told apart: pack, hash and role. */
  id: string;
}

export async function encoderOf({ db, packsDir }: Studio, projectId: string): Promise<Encoder | null> {
  const run = await db.run.findFirst({
    where: { projectId },
    orderBy: { id: "desc" },
    select: { config: true },
  });
  const pack = runConfigSchema.safeParse(run?.config).data?.freeForm.pack ?? "storybook";
  for (const name of new Set([pack, "storybook"])) {
    const loaded = await loadManifest(join(packsDir, name)).catch(() => null);
    if (!loaded) continue;
    const model = loaded.manifest.selfSupervised ? "selfSupervised" : loaded.manifest.clip ? "clip" : null;
    if (model) return { pack: name, model, id: `${name}/${loaded.hash.slice(0, 12)}/${model}` };
  }
  return null;
}

/** Asks a worker to embed what is not yet. */
export async function requestEmbedding(context: Context): Promise<{ queued: boolean }> {
  requireAbility(context, "curate");
  const { studio, caller } = context;
  if (!(await encoderOf(studio, caller.projectId))) {
    throw new UserError("unavailable", "No model pack has an image encoder.", "pack");
  }
  await inTransaction(studio.db, (tx) =>
    studio.queue.send(tx, "embed-samples", { projectId: caller.projectId }),
  );
  return { queued: true };
}

/** Embeds the target images of all samples that the encoder has not seen, then groups and maps them. What the worker does. */
export async function performEmbedding(
  studio: Studio,
  projectId: string,
  { engineFor, signal }: { engineFor(pack: string): Promise<InferenceEngine>; signal?: AbortSignal },
): Promise<void> {
  const encoder = await encoderOf(studio, projectId);
  if (!encoder) throw new UserError("unavailable", "No model pack has an image encoder.", "pack");
  const engine = await engineFor(encoder.pack);
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    if (signal?.aborted) throw new Error("The worker stopped before every sample had been embedded.");
    const rows = await studio.db.$queryRaw<{ id: string; sha: string }[]>`
      SELECT s.id::text, c.image_sha AS sha FROM samples s JOIN candidates c ON c.id = s.candidate_id
      WHERE s.project_id = ${projectId}::uuid AND s.id > ${after}::uuid AND NOT s.withdrawn
        AND NOT EXISTS (SELECT 1 FROM sample_embeddings v WHERE v.sample_id = s.id AND v.encoder = ${encoder.id})
      ORDER BY s.id LIMIT ${batchSize}`;
    if (rows.length === 0) break;
    after = rows.at(-1)!.id;
    const images = await Promise.all(rows.map(async ({ sha }) => decoded(await studio.store.read(sha))));
    const vectors = await engine.embedImage(images, { model: encoder.model });
    await writeEmbeddings(
      studio,
      projectId,
      encoder.id,
      rows.map(({ id, sha }, index) => ({ id, sha, vector: vectors[index]! })),
    );
  }
  await layOutMap(studio, projectId, encoder.id);
  await inTransaction(studio.db, (tx) => notify(tx, { topic: "samples" }));
}

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
      ${rows.map(({ vector }) => Buffer.from(toHalfFloats(vector)).toString("hex"))}::text[],
      ${rows.map(({ vector }) => signBits(vector))}::text[]) AS g(id, sha, vector, signs)
    ON CONFLICT (sample_id) DO UPDATE SET encoder = EXCLUDED.encoder, image_sha = EXCLUDED.image_sha,
      vector = EXCLUDED.vector, signs = EXCLUDED.signs, map_x = NULL, map_y = NULL, group_id = NULL`;
}

async function decoded(file: Buffer): Promise<RgbImage> {
  const { data, info } = await sharp(file)
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
