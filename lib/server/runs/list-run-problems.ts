import { type Context, requireAbility } from "../context";

export interface RunProblem {
  state: "failed" | "skipped";
  /** The anchor's file, or the edit's instruction. */
  subject: string;
  reason: string;
}

/** Anchors and edits of a run that failed or were left out, with the reason, in the order of their work. */
export async function listRunProblems(
  context: Context,
  { id: runId, limit }: { id: string; limit: number },
): Promise<{ items: RunProblem[]; more: boolean }> {
  requireAbility(context, "read");
  const { db } = context.studio;
  const run = { projectId: context.caller.projectId };
  const anchors = await db.runAnchor.findMany({
    where: { runId, run, state: "failed" },
    orderBy: { ordinal: "asc" },
    take: limit + 1,
    select: { error: true, anchor: { select: { fileName: true } } },
  });
  const edits = await db.edit.findMany({
    where: { runId, run, state: { in: ["failed", "skipped"] } },
    orderBy: { id: "asc" },
    take: limit + 1,
    select: { state: true, error: true, instruction: true },
  });
  const unsaid = "no reason was recorded";
  return {
    items: [
      ...anchors.slice(0, limit).map(({ error, anchor }) => ({
        state: "failed" as const,
        subject: anchor.fileName,
        reason: error ?? unsaid,
      })),
      ...edits.slice(0, limit).map(({ state, error, instruction }) => ({
        state: state === "skipped" ? ("skipped" as const) : ("failed" as const),
        subject: instruction,
        reason: error ?? unsaid,
      })),
    ],
    more: anchors.length > limit || edits.length > limit,
  };
}
