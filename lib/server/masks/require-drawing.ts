import { UserError } from "@/lib/domain/errors";
import { type Context, mayDo, requireAbility } from "../context";

/**
 * Who may draw on these regions: annotators on all; a reviewer on the samples in the reviewer's own hands, which are
 * those held or decided, and those sent back to the reviewer. The first line of what changes a region.
 */
export async function requireDrawing(context: Context, regionIds: readonly string[]): Promise<void> {
  if (mayDo(context, "annotate")) return;
  requireAbility(context, "review");
  const rows = await context.studio.db.region.findMany({
    where: { id: { in: [...regionIds] }, projectId: context.caller.projectId },
    select: { sampleId: true },
  });
  await requireOwnSamples(
    context,
    rows.map(({ sampleId }) => sampleId),
  );
}

/** The same for the region of a sample that may not have one yet. */
export async function requireDrawingOnSample(context: Context, sampleId: string): Promise<void> {
  if (mayDo(context, "annotate")) return;
  requireAbility(context, "review");
  await requireOwnSamples(context, [sampleId]);
}

async function requireOwnSamples(
  { studio, caller }: Context,
  ids: readonly (string | null)[],
): Promise<void> {
  const wanted = new Set(ids);
  const own = await studio.db.sample.count({
    where: {
      id: { in: [...wanted].filter((id) => id !== null) },
      projectId: caller.projectId,
      OR: [
        { returnedToId: caller.memberId },
        { assignments: { some: { reviewerId: caller.memberId, state: { in: ["held", "done"] } } } },
      ],
    },
  });
  if (own === wanted.size) return;
  throw new UserError(
    "forbidden",
    "As a reviewer you draw on samples that are in your hands: take this one for review first. Your strokes are kept in this browser.",
  );
}
