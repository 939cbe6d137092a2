import { type BulkView, bulkLimit } from "@/lib/api/contract/curate";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { requireReasons } from "../review/reject-reasons";
import { type BulkSample, decideInBulk, lockSamples, reopenInBulk } from "./bulk-decisions";
import { requireBulk } from "./list-bulks";
import { requireName } from "./plain-text";

export interface BulkInput {
  kind: "tag" | "untag" | "approve" | "reject" | "reopen";
  tag?: string | undefined;
  reasons: string[];
  samples: BulkSample[];
}

/** Enough for the most samples of one action on a busy machine. */
export const bulkTimeoutMs = 120_000;

/** Does one thing to many samples in one transaction. Samples that changed since they were seen are left as they are. */
export async function applyBulk(context: Context, input: BulkInput): Promise<BulkView> {
  requireAbility(context, "curate");
  const { studio, caller } = context;
  const { projectId } = caller;
  const tagging = input.kind === "tag" || input.kind === "untag";
  const tag = tagging ? requireName(input.tag ?? "", "tag") : "";
  if (input.samples.length === 0) throw new UserError("bad-input", "Choose at least one sample.", "samples");
  if (input.samples.length > bulkLimit) {
    throw new UserError(
      "limit-exceeded",
      `These are ${input.samples.length} samples; one action takes at most ${bulkLimit}.`,
      "samples",
    );
  }
  if (input.kind !== "reject" && input.reasons.length > 0) {
    throw new UserError("bad-input", "Only rejections take reasons.", "reasons");
  }
  const id = await inTransaction(
    studio.db,
    async (tx) => {
      if (input.kind === "reject") await requireReasons(tx, projectId, input.reasons);
      const tagId = tagging ? await findTag(tx, projectId, input.kind, tag) : null;
      const bulk = await tx.bulkAction.create({
        data: {
          projectId,
          kind: input.kind,
          actorId: caller.memberId,
          tagId,
          reasons: input.reasons,
          state: "running",
        },
      });
      const locked = await lockSamples(tx, projectId, input.samples);
      const ids = locked.map((sample) => sample.id);
      const changed =
        input.kind === "tag" || input.kind === "untag"
          ? await changeTags(tx, bulk.id, tagId!, input.kind, ids)
          : input.kind === "reopen"
            ? await reopenInBulk(tx, context, bulk.id, locked)
            : await decideInBulk(tx, context, bulk.id, locked, input.kind, input.reasons);
      await tx.bulkAction.update({
        where: { id: bulk.id },
        data: { state: "succeeded", changed, left: input.samples.length - changed, finishedAt: new Date() },
      });
      await notify(tx, { topic: "samples" });
      return bulk.id;
    },
    { timeoutMs: bulkTimeoutMs },
  );
  return requireBulk(context, id);
}

async function findTag(
  tx: Transaction,
  projectId: string,
  kind: BulkInput["kind"],
  name: string,
): Promise<string> {
  const key = { projectId, name };
  if (kind === "untag") {
    const known = await tx.tag.findUnique({ where: { projectId_name: key } });
    if (!known) throw new UserError("not-found", `There is no tag “${name}”.`, "tag");
    return known.id;
  }
  return (await tx.tag.upsert({ where: { projectId_name: key }, create: key, update: {} })).id;
}

/** Puts a tag on samples or takes it off, and keeps which ones that changed. */
export async function changeTags(
  tx: Transaction,
  bulkId: string,
  tagId: string,
  kind: "tag" | "untag",
  ids: readonly string[],
): Promise<number> {
  if (kind === "tag") {
    return tx.$executeRaw`
      WITH added AS (
        INSERT INTO sample_tags (tag_id, sample_id) SELECT ${tagId}::uuid, unnest(${[...ids]}::uuid[])
        ON CONFLICT DO NOTHING RETURNING sample_id)
      INSERT INTO bulk_items (bulk_id, sample_id) SELECT ${bulkId}::uuid, sample_id FROM added`;
  }
  return tx.$executeRaw`
    WITH gone AS (
      DELETE FROM sample_tags WHERE tag_id = ${tagId}::uuid AND sample_id = ANY(${[...ids]}::uuid[]) RETURNING sample_id)
    INSERT INTO bulk_items (bulk_id, sample_id) SELECT ${bulkId}::uuid, sample_id FROM gone`;
}
