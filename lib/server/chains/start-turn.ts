import { UserError } from "@/lib/domain/errors";
import { requireStanding } from "../anchors/require-standing";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction, type Prisma, type Transaction } from "../database/client";
import { notify } from "../events/notify";

export interface StartTurnInput {
  sampleIds?: string[] | undefined;
  runId?: string | undefined;
  limit: number;
}

const include = {
  nextTurns: { select: { id: true } },
  candidate: {
    select: {
      imageSha: true,
      edit: { select: { anchor: true } },
    },
  },
} satisfies Prisma.SampleInclude;
type SampleRow = Prisma.SampleGetPayload<{ include: typeof include }>;

/** Samples in one transaction. */
const pageSize = 200;

/** Makes an anchor of each sample's target, so that the next run can take the edit one turn further. */
export async function startTurn(context: Context, { sampleIds, runId, limit }: StartTurnInput) {
  requireAbility(context, "curate");
  const { db } = context.studio;
  const { projectId } = context.caller;
  const where: Prisma.SampleWhereInput = {
    projectId,
    ...(sampleIds
      ? { id: { in: sampleIds } }
      : // Asked for all, those that go on already are left out in silence.
        {
          state: "approved",
          nextTurns: { none: {} },
          candidate: { edit: { anchor: { withdrawnAt: null } } },
        }),
    ...(runId && { runId }),
  };
  const refused: { sampleId: string; reason: string }[] = [];
  let started = 0;
  let seen = 0;
  for (let last: string | undefined; seen < limit; ) {
    const rows = await db.sample.findMany({
      where: { ...where, ...(last && { AND: { id: { gt: last } } }) },
      orderBy: { id: "asc" },
      take: Math.min(pageSize, limit - seen),
      include,
    });
    await inTransaction(db, async (tx) => {
      const outcomes = await makeAnchors(tx, projectId, rows);
      refused.push(...outcomes);
      const made = rows.length - outcomes.length;
      started += made;
      await addToCounters(tx, projectId, { anchors: made, captioned: made });
      await notify(tx, { topic: "anchors" });
    });
    seen += rows.length;
    last = rows.at(-1)?.id;
    if (rows.length < pageSize) break;
  }
  if (seen === 0) {
    throw new UserError(
      "not-found",
      "There is no approved sample to go on from; approve some first.",
      sampleIds ? "sampleIds" : "runId",
    );
  }
  return { started, refused };
}

/** Also keeps the anchor from being withdrawn until the transaction ends. */
async function whyNotStanding(tx: Transaction, anchorId: string): Promise<string | null> {
  return requireStanding(tx, anchorId).then(
    () => null,
    (error: unknown) => {
      if (error instanceof UserError) return "Its anchor was withdrawn.";
      throw error;
    },
  );
}

async function makeAnchors(tx: Transaction, projectId: string, samples: readonly SampleRow[]) {
  const refused: { sampleId: string; reason: string }[] = [];
  for (const sample of samples) {
    const { imageSha, edit } = sample.candidate;
    const parent = edit.anchor;
    const reason =
      sample.state !== "approved"
        ? `It is ${sample.state}; only an approved sample can go on.`
        : sample.nextTurns.length > 0
          ? "Its next turn has been started already."
          : await whyNotStanding(tx, parent.id);
    if (reason) {
      refused.push({ sampleId: sample.id, reason });
      continue;
    }
    // The same candidate may be a sample under two policies: its picture becomes an anchor once.
    const { count } = await tx.anchor.createMany({
      data: [
        {
          projectId,
          imageSha,
          originalSha: imageSha,
          caption: sample.targetCaption,
          origin: "sample",
          fileName: `turn-${parent.turn + 1}-of-${parent.fileName}`,
          licence: parent.licence,
          attribution: parent.attribution,
          sourceUrl: parent.sourceUrl,
          parentSampleId: sample.id,
          rootAnchorId: parent.rootAnchorId ?? parent.id,
          turn: parent.turn + 1,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) refused.push({ sampleId: sample.id, reason: "Its target is an anchor already." });
  }
  return refused;
}
