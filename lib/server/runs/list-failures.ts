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
  const anchors = await context.studio.db.anchor.findMany({
    where: { id: { in: rows.map(({ anchorId }) => anchorId) } },
    select: { id: true, caption: true },
  });
  const captions = new Map(anchors.map(({ id, caption }) => [id, caption]));
  return toPage(rows, input.limit, ({ id, anchorId, reason, raw, createdAt }) => ({
    id,
    anchorId,
    caption: captions.get(anchorId) ?? "",
    reason,
    raw,
    createdAt,
  }));
}
