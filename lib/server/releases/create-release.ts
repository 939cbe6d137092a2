import type { ReleaseFilter } from "@/lib/api/contract/releases";
import { deriveUnit } from "@/lib/domain/derive-seed";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction, Prisma, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { getRelease } from "./list-releases";
import { sampleWhere } from "./release-filter";

export interface CreateReleaseInput {
  name: string;
  filter: ReleaseFilter;
  /** Share of anchors whose samples go to the validation split, [0, 0.5]. */
  validationShare: number;
}

/** Freezes a named list of samples, with their texts as they are now and splits by anchor. */
export async function createRelease(context: Context, input: CreateReleaseInput) {
  requireAbility(context, "curate");
  const { studio, caller } = context;
  const id = await inTransaction(
    studio.db,
    async (tx) => {
      const release = await makeRelease(tx, caller.projectId, input);
      const count = await freezeSamples(tx, caller.projectId, release.id, input);
      if (count === 0)
        throw new UserError("bad-input", "No sample fits; approve some first or widen the filter.", "filter");
      await tx.release.update({ where: { id: release.id }, data: { count } });
      await addToCounters(tx, caller.projectId, { releases: 1 });
      await notify(tx, { topic: "releases", id: release.id });
      return release.id;
    },
    { timeoutMs: 300_000 },
  );
  return getRelease(context, id);
}

async function makeRelease(tx: Transaction, projectId: string, { name, filter }: CreateReleaseInput) {
  try {
    return await tx.release.create({ data: { projectId, name, filter, count: 0 } });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
      throw new UserError(
        "conflict",
        `There is already a release named “${name}”; choose another name.`,
        "name",
      );
    }
    throw error;
  }
}

const pageSize = 2000;
const anchorKeys = {
  select: { originalSha: true, rootAnchor: { select: { originalSha: true } } },
} as const;

/** All turns of a chain have the split of the picture where it began. */
function splitKey(anchor: { originalSha: string; rootAnchor: { originalSha: string } | null }): string {
  return (anchor.rootAnchor ?? anchor).originalSha;
}

async function freezeSamples(
  tx: Transaction,
  projectId: string,
  releaseId: string,
  input: CreateReleaseInput,
) {
  let count = 0;
  for (let last: string | undefined; ; ) {
    const samples = await tx.sample.findMany({
      where: { ...sampleWhere(projectId, input.filter), ...(last && { id: { gt: last } }) },
      orderBy: { id: "asc" },
      take: pageSize,
      select: {
        id: true,
        instruction: true,
        sourceCaption: true,
        targetCaption: true,
        candidate: { select: { render: { select: { anchor: anchorKeys } } } },
      },
    });
    await tx.releaseSample.createMany({
      data: samples.map(({ id, candidate, ...texts }) => ({
        releaseId,
        sampleId: id,
        ...texts,
        // By anchor, so that no image is in two splits, and the same in every release.
        split:
          deriveUnit("split", splitKey(candidate.render.anchor)) < input.validationShare
            ? "validation"
            : "train",
      })),
    });
    count += samples.length;
    last = samples.at(-1)?.id;
    if (samples.length < pageSize) return count;
  }
}
