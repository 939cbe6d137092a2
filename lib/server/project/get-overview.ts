import type { Overview } from "@/lib/api/contract/project";
import { type Context, requireAbility } from "../context";
import { readCounters } from "../counters";

/** The dashboard's numbers: maintained counts, running work and workers heard of in the last half minute. */
export async function getOverview(context: Context): Promise<Overview> {
  requireAbility(context, "read");
  const { db } = context.studio;
  const { projectId, memberId, name, role } = context.caller;
  const now = Date.now();
  const [project, counts, activeRuns, workers] = await Promise.all([
    db.project.findUniqueOrThrow({ where: { id: projectId } }),
    readCounters(db, projectId),
    db.run.count({ where: { projectId, state: { in: ["queued", "running"] } } }),
    db.worker.findMany({ where: { seenAt: { gt: new Date(now - 30_000) } }, orderBy: { id: "asc" } }),
  ]);
  const [pending, approved, rejected] = [
    counts["samples.pending"],
    counts["samples.approved"],
    counts["samples.rejected"],
  ];
  return {
    project: { id: project.id, name: project.name },
    member: { id: memberId, name, role },
    funnel: {
      anchors: counts.anchors,
      captioned: counts.captioned,
      seeds: counts.seeds,
      edits: counts.edits,
      candidates: counts.candidates,
      samples: pending + approved + rejected,
      pending,
      approved,
      rejected,
      releases: counts.releases,
    },
    activeRuns,
    workers: workers.map((worker) => ({
      id: worker.id,
      seenSecondsAgo: Math.max(0, Math.round((now - worker.seenAt.getTime()) / 1000)),
      residentBytes: Number(worker.residentBytes),
      activity: worker.activity,
    })),
  };
}
