import { join } from "node:path";
import sharp from "sharp";
import { UserError } from "@/lib/domain/errors";
import type { RgbImage } from "@/lib/domain/image";
import { runConfigSchema } from "@/lib/domain/run-config";
import type { InferenceEngine } from "@/lib/inference/types";
import { type ImageEncoder, imageEncoderOf } from "@/lib/packs/image-encoder";
import { loadManifest } from "@/lib/packs/load-manifest";
import { type Context, requireAbility, type Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { layOutMap } from "./lay-out-map";
import { writeEmbeddings } from "./write-embeddings";

/** Images that go to the encoder together. */
const batchSize = 32;

/** The encoder that a project's samples are embedded with: that of the newest run's pack. */
export interface Encoder extends ImageEncoder {
  pack: string;
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
    const encoder = loaded && imageEncoderOf(loaded.manifest);
    if (encoder) return { pack: name, ...encoder };
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

/**
 * Embeds the target images of all samples that the encoder has not seen (those of runs are embedded as they are scored), then
 * groups and maps them. What the worker does.
 */
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

async function decoded(file: Buffer): Promise<RgbImage> {
  const { data, info } = await sharp(file)
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Lays the map out anew with what has been embedded since. What the worker does when a run has ended. */
export async function performLayout(studio: Studio, projectId: string): Promise<void> {
  const encoder = await encoderOf(studio, projectId);
  if (!encoder) return;
  await layOutMap(studio, projectId, encoder.id);
  await inTransaction(studio.db, (tx) => notify(tx, { topic: "samples" }));
}
