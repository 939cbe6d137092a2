import { z } from "zod";

/**
 * Every kind of job, with its payload. A job is only a call to work on rows that say themselves what is still
 * to do, so running one twice does no harm.
 */
export const jobSchemas = {
  /** Read the uploaded or named files of an import into anchors. */
  import: z.object({ importId: z.uuid() }),
  /** List the anchors of a new run and enqueue its first stage. */
  "start-run": z.object({ runId: z.uuid() }),
  /** Go on with enqueuing the work of a large run: from an anchor's place and an edit. */
  "enqueue-run": z.object({
    runId: z.uuid(),
    ordinal: z.int().optional(),
    editId: z.uuid().optional(),
  }),
  /** Go on with a run that waits for a service. */
  "wake-run": z.object({ runId: z.uuid() }),
  /** Stage I for a few anchors. */
  instruct: z.object({ runId: z.uuid(), anchorIds: z.array(z.uuid()).min(1) }),
  /** Stage II or III for a few edits. */
  generate: z.object({ runId: z.uuid(), editIds: z.array(z.uuid()).min(1) }),
  /** Let a model policy decide on the pending samples. */
  "route-samples": z.object({ policyId: z.uuid() }),
  /** Do a curator's action to everything that its filter lets through. */
  "perform-bulk": z.object({ bulkId: z.uuid() }),
  /** Take a large action, such as the decisions of a policy, back. */
  "undo-bulk": z.object({ bulkId: z.uuid() }),
  /** Fit an acceptance model on people's decisions. */
  "fit-model": z.object({ projectId: z.uuid(), memberId: z.uuid() }),
  /** Embed the samples that are not yet, group near-duplicates and lay out the map. */
  "embed-samples": z.object({ projectId: z.uuid() }),
  /** Lay the map out anew after a run, and group near-duplicates. */
  "lay-out-map": z.object({ projectId: z.uuid() }),
  /** Write a release to disk. */
  export: z.object({ exportId: z.uuid() }),
} as const;

export type JobName = keyof typeof jobSchemas;
export type JobPayload<N extends JobName> = z.infer<(typeof jobSchemas)[N]>;
export const jobNames = Object.keys(jobSchemas) as JobName[];

/** Seconds after which an unfinished job of a silent worker is handed to another one. */
export const heartbeatSeconds = 30;

export const jobOptions: Record<JobName, { expireInSeconds: number; retryLimit: number }> = {
  import: { expireInSeconds: 6 * 3600, retryLimit: 2 },
  "start-run": { expireInSeconds: 3600, retryLimit: 5 },
  "enqueue-run": { expireInSeconds: 3600, retryLimit: 5 },
  "wake-run": { expireInSeconds: 600, retryLimit: 10 },
  instruct: { expireInSeconds: 3600, retryLimit: 3 },
  generate: { expireInSeconds: 3600, retryLimit: 3 },
  "route-samples": { expireInSeconds: 6 * 3600, retryLimit: 5 },
  "perform-bulk": { expireInSeconds: 6 * 3600, retryLimit: 5 },
  "undo-bulk": { expireInSeconds: 6 * 3600, retryLimit: 5 },
  "fit-model": { expireInSeconds: 600, retryLimit: 1 },
  "embed-samples": { expireInSeconds: 6 * 3600, retryLimit: 3 },
  "lay-out-map": { expireInSeconds: 3600, retryLimit: 2 },
  export: { expireInSeconds: 6 * 3600, retryLimit: 2 },
};

/** Jobs whose retries are used up land here with their payload. */
export function deadLetterQueue(name: JobName): string {
  return `${name}-dead`;
}
