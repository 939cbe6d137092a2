import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";

/** Answers of the instruction provider that could not be used, newest first, with their raw text. */
export async function listFailures(
  context: Context,
  input: { id: string; cursor?: string | undefined; limit: number },
) {
  requireAbility(context, "read");
  const rows = await context.studio.db.instructionFailure.findMany({
    where: {
      runId: input.id,
      run: { projectId: context.caller.projectId },
      ...(input.cursor && { id: { lt: input.cursor } }),
    },
    orderBy: { id: "desc" },
    take: input.limit + 1,
  });
  return toPage(rows, input.limit, ({ id, anchorId, reason, raw, createdAt }) => ({
    id,
    anchorId,
    reason,
    raw,
    createdAt,
  }));
}
