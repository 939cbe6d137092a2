import { type RunConfig, runConfigSchema, thresholdsSchema } from "@/lib/domain/run-config";
import type { Studio } from "../context";

export interface RunnableRun {
  id: string;
  projectId: string;
  config: RunConfig;
  thresholds: ReturnType<typeof thresholdsSchema.parse>;
  policyId: string;
}

/** The run if it is to be worked on now; null if it was paused, cancelled or has ended. */
export async function runnableRun({ db }: Studio, runId: string): Promise<RunnableRun | null> {
  const run = await db.run.findUnique({ where: { id: runId }, include: { policy: true } });
  if (run?.state !== "running") return null;
  return {
    id: run.id,
    projectId: run.projectId,
    policyId: run.policyId,
    config: runConfigSchema.parse(run.config),
    thresholds: thresholdsSchema.parse(run.policy.thresholds),
  };
}
