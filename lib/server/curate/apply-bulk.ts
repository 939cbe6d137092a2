import { type BulkView, bulkLimit, type SampleFilter } from "@/lib/api/contract/curate";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { inTransaction, type Prisma, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { requireReasons } from "../review/reject-reasons";
import { applyBlock } from "./apply-block";
import type { BulkSample } from "./bulk-decisions";
import { lockBulk } from "./bulk-work";
import { requireSound } from "./filter-sql";
import { requireBulk } from "./list-bulks";
import { requireName } from "./plain-text";

export interface BulkInput {
  kind: "tag" | "untag" | "approve" | "reject" | "reopen";
  tag?: string | undefined;
  reasons: string[];
  /** Samples that were chosen one by one, or in their place a filter for everything that it lets through. */
  samples?: BulkSample[] | undefined;
  filter?: SampleFilter | undefined;
}

/** Enough for the most samples of one action on a busy machine. */
export const bulkTimeoutMs = 120_000;

/**
 * Does one thing to many samples. Chosen ones are done at once, in one transaction; those that changed since they were
 * seen are left as they are. What a filter lets through may be millions: a worker does that, block by block.
 */
export async function applyBulk(context: Context, input: BulkInput): Promise<BulkView> {
  requireAbility(context, "curate");
  const { studio } = context;
  const samples = requireSamples(input);
  if (input.kind !== "reject" && input.reasons.length > 0) {
    throw new UserError("bad-input", "Only rejections take reasons.", "reasons");
  }
  const id = await inTransaction(
    studio.db,
    async (tx) => {
      const id = await beginBulk(tx, context, input);
      if (samples) {
        await applyBlock(tx, await lockBulk(tx, id), samples);
        await tx.bulkAction.update({ where: { id }, data: { state: "succeeded", finishedAt: new Date() } });
      } else await studio.queue.send(tx, "perform-bulk", { bulkId: id });
      await notify(tx, { topic: "samples" });
      return id;
    },
    { timeoutMs: bulkTimeoutMs },
  );
  return requireBulk(context, id);
}

/** The chosen samples; null where a filter chooses. */
function requireSamples({ samples, filter }: BulkInput): BulkSample[] | null {
  if (samples && filter) {
    throw new UserError("bad-input", "Name samples or give a filter, not both.", "filter");
  }
  if (filter) {
    requireSound(filter);
    return null;
  }
  if (!samples || samples.length === 0) {
    throw new UserError("bad-input", "Choose at least one sample.", "samples");
  }
  if (samples.length > bulkLimit) {
    throw new UserError(
      "limit-exceeded",
      `These are ${samples.length} samples; at most ${bulkLimit} can be named. Give a filter for more.`,
      "samples",
    );
  }
  return samples;
}

async function beginBulk(tx: Transaction, { caller }: Context, input: BulkInput): Promise<string> {
  const { projectId, memberId } = caller;
  const { kind, reasons } = input;
  if (kind === "reject") await requireReasons(tx, projectId, reasons);
  const tagId =
    kind === "tag" || kind === "untag"
      ? await findTag(tx, projectId, kind, requireName(input.tag ?? "", "tag"))
      : null;
  // Dates travel as text, as in the request.
  const filter = input.filter && (JSON.parse(JSON.stringify(input.filter)) as Prisma.InputJsonValue);
  const { id } = await tx.bulkAction.create({
    data: { projectId, kind, actorId: memberId, tagId, reasons, ...(filter && { filter }) },
  });
  return id;
}

async function findTag(
  tx: Transaction,
  projectId: string,
  kind: "tag" | "untag",
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
