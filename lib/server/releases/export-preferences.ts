import { scoreDefinition } from "@/lib/domain/scores";
import type { PreferenceRow, SplitName } from "@/lib/export/export-row";
import type { Studio } from "../context";
import type { Prisma } from "../database/client";
import { scoresOf } from "../samples/scores-of";

/** Worse targets set beside one chosen target, at most. */
const pairsPerSample = 4;
const pageSize = 50;

const include = {
  sample: {
    include: {
      candidate: { include: { render: { include: { anchor: { include: { rootAnchor: true } } } } } },
    },
  },
} satisfies Prisma.ReleaseSampleInclude;
type Row = Prisma.ReleaseSampleGetPayload<{ include: typeof include }>;

/**
 * Preference pairs of a release: each of its samples beside targets of the same edit and the same source image that
 * people rejected or selection dropped, with the reason. What merely was not among the best is no worse for sure and
 * makes no pair.
 */
export async function* exportPreferences(studio: Studio, releaseId: string): AsyncGenerator<PreferenceRow> {
  for (let last: string | undefined; ; ) {
    const rows = await studio.db.releaseSample.findMany({
      where: {
        releaseId,
        sample: { state: { not: "rejected" }, candidate: { render: { anchor: { withdrawnAt: null } } } },
        ...(last && { sampleId: { gt: last } }),
      },
      orderBy: { sampleId: "asc" },
      take: pageSize,
      include,
    });
    for (const row of rows) yield* pairsOf(studio, row);
    last = rows.at(-1)?.sampleId;
    if (rows.length < pageSize) return;
  }
}

async function* pairsOf({ db, store }: Studio, row: Row): AsyncGenerator<PreferenceRow> {
  const { candidate } = row.sample;
  const { anchor } = candidate.render;
  const others = await db.candidate.findMany({
    where: {
      editId: candidate.editId,
      id: { not: candidate.id },
      imageSha: { not: candidate.imageSha },
      // The same picture may come of several renders, as when the anchor itself is the source.
      render: { imageSha: candidate.render.imageSha },
    },
    orderBy: { draw: "asc" },
    include: {
      samples: {
        where: { state: "rejected" },
        include: { decisions: { where: { kind: "reject" }, orderBy: { id: "desc" }, take: 1 } },
      },
    },
  });
  type Worse = {
    other: (typeof others)[number];
    preferredBy: PreferenceRow["preferredBy"];
    reason: string | null;
  };
  const worse = others.flatMap((other): Worse[] => {
    const rejected = other.samples[0];
    if (rejected) {
      const reasons = rejected.decisions[0]?.reasons ?? [];
      return [{ other, preferredBy: "review", reason: reasons.join(", ") || null }];
    }
    const broken = other.failures.filter((failure) => failure.includes(":"));
    if (broken.length === 0) return [];
    return [{ other, preferredBy: "selection", reason: broken.map(failureWords).join("; ") }];
  });
  // A person's word weighs more than a threshold's.
  worse.sort((a, b) => Number(b.preferredBy === "review") - Number(a.preferredBy === "review"));
  for (const { other, preferredBy, reason } of worse.slice(0, pairsPerSample)) {
    yield {
      id: `${row.sampleId}-${other.id}`,
      inputImage: await store.read(candidate.render.imageSha),
      chosenImage: await store.read(candidate.imageSha),
      rejectedImage: await store.read(other.imageSha),
      editPrompt: row.instruction,
      editType: row.sample.editType,
      preferredBy,
      reason,
      chosenScores: scoresOf(candidate.scores),
      rejectedScores: scoresOf(other.scores),
      licence: anchor.licence,
      attribution: anchor.attribution,
      sourceUrl: anchor.sourceUrl,
      anchorSha256: (anchor.rootAnchor ?? anchor).originalSha,
      split: row.split as SplitName,
    };
  }
}

/** `clipDirection:min` as "Change follows the text is too low". */
function failureWords(failure: string): string {
  const [id = "", side] = failure.split(":");
  const label = scoreDefinition(id)?.label ?? id;
  return side === "missing"
    ? `${label} was not measured`
    : `${label} is too ${side === "min" ? "low" : "high"}`;
}
