import { z } from "zod";
import { deriveUnit } from "../derive-seed";

const share = z.number().min(0).max(1);

/** What a policy with an acceptance model does at which probability. Stored with the policy. */
export const routingSchema = z
  .object({
    /** Samples at or above it are approved; null: none. */
    acceptAt: share.nullable(),
    /** Samples at or below it are rejected; null: none. */
    rejectAt: share.nullable(),
    /** Share of those that go to people all the same, drawn at random, to see whether the model still holds. */
    auditShare: share,
    seed: z.int().min(0),
    /** What was asked for when the thresholds were chosen. */
    acceptPrecision: share,
    rejectPrecision: share,
    confidence: share,
  })
  .refine(({ acceptAt, rejectAt }) => acceptAt === null || rejectAt === null || rejectAt < acceptAt, {
    message: "The probability for rejecting must be below the one for accepting.",
  });
export type Routing = z.infer<typeof routingSchema>;

export const sampleRoutes = ["accept", "reject", "people", "auditAccept", "auditReject"] as const;
export type SampleRoute = (typeof sampleRoutes)[number];

/** Where a sample goes. Who is audited depends on the policy's seed and the sample alone, so that asking twice changes nothing. */
export function routeOf(routing: Routing, probability: number, sampleId: string): SampleRoute {
  const accepts = routing.acceptAt !== null && probability >= routing.acceptAt;
  const rejects = routing.rejectAt !== null && probability <= routing.rejectAt;
  if (!accepts && !rejects) return "people";
  const audited = deriveUnit("audit", routing.seed, sampleId) < routing.auditShare;
  if (accepts) return audited ? "auditAccept" : "accept";
  return audited ? "auditReject" : "reject";
}
