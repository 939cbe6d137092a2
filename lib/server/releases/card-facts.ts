import { runConfigSchema, thresholdsSchema } from "@/lib/domain/run-config";
import type { CardFacts } from "@/lib/export/export-types";
import type { Studio } from "../context";
import { readCounters } from "../counters";
import { madeBy } from "../runs/present-run";
import { softwareVersion } from "../software-version";

/** What the dataset card says and only the database knows: who made what, the funnel, the thresholds. */
export async function cardFacts(
  { db }: Studio,
  release: { id: string; projectId: string; name: string; createdAt: Date },
): Promise<CardFacts> {
  const runs = await db.run.findMany({
    where: { samples: { some: { releases: { some: { releaseId: release.id } } } } },
    include: { policy: true },
    orderBy: { id: "asc" },
  });
  const makers = runs.flatMap((run) => {
    const { instructions, images } = madeBy(runConfigSchema.parse(run.config));
    return [
      { part: "instructions", maker: instructions },
      { part: "source and target images", maker: images },
    ];
  });
  const counts = await readCounters(db, release.projectId);
  const unreviewed = await db.releaseSample.count({
    where: { releaseId: release.id, sample: { state: "pending" } },
  });
  const policy = runs.at(-1)?.policy;
  return {
    name: release.name,
    date: release.createdAt.toISOString().slice(0, 10),
    softwareVersion,
    makers: [
      ...new Map(makers.map((maker) => [JSON.stringify(maker), maker])).values(),
      {
        part: "review",
        maker: `People, sample by sample; column \`decision\`${unreviewed > 0 ? ` (${unreviewed} not reviewed yet)` : ""}`,
      },
    ],
    funnel: [
      { stage: "anchors", count: counts.anchors },
      { stage: "edits", count: counts.edits },
      { stage: "candidates", count: counts.candidates },
      {
        stage: "samples",
        count: counts["samples.pending"] + counts["samples.approved"] + counts["samples.rejected"],
      },
      { stage: "approved samples", count: counts["samples.approved"] },
    ],
    thresholds: policy
      ? Object.entries(thresholdsSchema.parse(policy.thresholds)).map(([score, { min, max }]) => ({
          score,
          ...(min !== undefined && { min }),
          ...(max !== undefined && { max }),
        }))
      : [],
    ...(policy && { policyVersion: `${policy.name} v${policy.version}` }),
  };
}
