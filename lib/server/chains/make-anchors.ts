import { UserError } from "@/lib/domain/errors";
import { requireStanding } from "../anchors/require-standing";
import type { Prisma, Transaction } from "../database/client";

export interface Refused {
  sampleId: string;
  reason: string;
}

const include = {
  nextTurns: { select: { id: true } },
  candidate: { select: { imageSha: true, edit: { select: { anchor: true } } } },
} satisfies Prisma.SampleInclude;
type SampleRow = Prisma.SampleGetPayload<{ include: typeof include }>;

/** Makes an anchor of each sample's target; a sample that cannot go on is named with the reason. */
export async function makeAnchors(
  tx: Transaction,
  projectId: string,
  sampleIds: readonly string[],
): Promise<{ made: string[]; refused: Refused[] }> {
  const samples = await tx.sample.findMany({
    where: { projectId, id: { in: [...sampleIds] } },
    orderBy: { id: "asc" },
    include,
  });
  const found = new Set(samples.map(({ id }) => id));
  const made: string[] = [];
  const refused: Refused[] = sampleIds
    .filter((id) => !found.has(id))
    .map((sampleId) => ({ sampleId, reason: "There is no such sample in this project." }));
  for (const sample of samples) {
    const parent = sample.candidate.edit.anchor;
    const reason =
      sample.state !== "approved"
        ? `It is ${sample.state}; only an approved sample can go on.`
        : sample.nextTurns.length > 0
          ? "Its next turn has been started already."
          : await whyNotStanding(tx, parent.id);
    const id = reason ? null : await makeAnchor(tx, projectId, sample);
    if (id) made.push(id);
    else refused.push({ sampleId: sample.id, reason: reason ?? "Its target is an anchor already." });
  }
  return { made, refused };
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

/** Null where the same picture is an anchor already: a candidate may be a sample under two policies. */
async function makeAnchor(tx: Transaction, projectId: string, sample: SampleRow): Promise<string | null> {
  const { imageSha, edit } = sample.candidate;
  const parent = edit.anchor;
  const [row] = await tx.anchor.createManyAndReturn({
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
    select: { id: true },
  });
  return row?.id ?? null;
}
