import type { DeskSample } from "@/lib/api/contract/review";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { loadDeskSamples } from "./load-desk-samples";

/** One sample as the caller may see it: blind if it is in the caller's hands blind. */
export async function openSample(context: Context, { id }: { id: string }): Promise<DeskSample> {
  requireAbility(context, "read");
  const own = await context.studio.db.assignment.findUnique({
    where: { sampleId_reviewerId: { sampleId: id, reviewerId: context.caller.memberId } },
    select: { blind: true, state: true },
  });
  const samples = await loadDeskSamples(context, [id], own?.state === "held" && own.blind);
  const sample = samples.get(id);
  if (!sample)
    throw new UserError("not-found", "There is no such sample, or its anchor was withdrawn.", "id");
  return sample;
}

/** How one sample stands for the caller, for a page that lost sight of it. */
export async function sampleStanding(context: Context, { id }: { id: string }) {
  requireAbility(context, "read");
  const sample = await context.studio.db.sample.findFirst({
    where: { id, projectId: context.caller.projectId, withdrawn: false },
    select: {
      state: true,
      textRevision: true,
      maskRevision: true,
      assignments: { where: { reviewerId: context.caller.memberId }, select: { state: true } },
    },
  });
  if (!sample)
    throw new UserError("not-found", "There is no such sample, or its anchor was withdrawn.", "id");
  const { state, textRevision, maskRevision, assignments } = sample;
  return { assignment: assignments[0]?.state ?? null, state, textRevision, maskRevision };
}
