import type { ModelPolicyView } from "@/lib/api/contract/calibration";
import { routingSchema } from "@/lib/domain/calibration/routing";
import { deriveSeed } from "@/lib/domain/derive-seed";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { presentPolicies } from "./present-policies";

export interface ApplyInput {
  modelId: string;
  acceptAt: number | null;
  rejectAt: number | null;
  auditShare: number;
  acceptPrecision: number;
  rejectPrecision: number;
  confidence: number;
}

/** What versions of the model policy are called, beside the threshold policies that packs name. */
export const modelPolicyName = "acceptance model";

/**
 * Makes an acceptance model decide from now on, as a new version of the selection policy: on the pending samples
 * through a worker, on new ones in the transaction that makes them. The version before is retired; what it decided
 * stands.
 */
export async function applyPolicy(context: Context, input: ApplyInput): Promise<ModelPolicyView> {
  requireAbility(context, "curate");
  const { studio, caller } = context;
  const { modelId, ...rest } = input;
  if (input.acceptAt === null && input.rejectAt === null) {
    throw new UserError("bad-input", "Give a probability for accepting, for rejecting, or both.", "acceptAt");
  }
  if (input.acceptAt !== null && input.rejectAt !== null && input.rejectAt >= input.acceptAt) {
    throw new UserError(
      "bad-input",
      "The probability for rejecting must be below the one for accepting.",
      "rejectAt",
    );
  }
  const id = await inTransaction(studio.db, async (tx) => {
    const model = await tx.acceptanceModel.findFirst({
      where: { id: modelId, projectId: caller.projectId },
    });
    if (!model) throw new UserError("not-found", "There is no such acceptance model.", "modelId");
    // One policy at a time: the project's row is what two curators would fight for.
    await tx.$queryRaw`SELECT 1 FROM projects WHERE id = ${caller.projectId}::uuid FOR UPDATE`;
    const newest = await tx.selectionPolicy.findFirst({
      where: { projectId: caller.projectId, name: modelPolicyName },
      orderBy: { version: "desc" },
    });
    const version = (newest?.version ?? 0) + 1;
    await tx.selectionPolicy.updateMany({
      where: { projectId: caller.projectId, kind: "model", retiredAt: null },
      data: { retiredAt: new Date() },
    });
    const policy = await tx.selectionPolicy.create({
      data: {
        projectId: caller.projectId,
        name: modelPolicyName,
        version,
        kind: "model",
        thresholds: {},
        modelId,
        routing: routingSchema.parse({ ...rest, seed: deriveSeed(caller.projectId, "audit", version) }),
        bulks: { create: { projectId: caller.projectId, kind: "policy", actorId: caller.memberId } },
      },
    });
    await studio.queue.send(tx, "route-samples", { policyId: policy.id });
    await notify(tx, { topic: "samples" });
    return policy.id;
  });
  return requirePolicy(context, id);
}

/** The policy decides on no more samples. What it decided stands; to take that back, undo its action. */
export async function retirePolicy(context: Context, { id }: { id: string }): Promise<ModelPolicyView> {
  requireAbility(context, "curate");
  await context.studio.db.selectionPolicy.updateMany({
    where: { id, projectId: context.caller.projectId, kind: "model", retiredAt: null },
    data: { retiredAt: new Date() },
  });
  return requirePolicy(context, id);
}

async function requirePolicy(context: Context, id: string): Promise<ModelPolicyView> {
  const [policy] = await presentPolicies(context, { id });
  if (!policy) throw new UserError("not-found", "There is no such policy.", "id");
  return policy;
}
