import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";

/** What an import refused or warned about, in the order in which it met it. */
export async function listImportNotes(
  context: Context,
  input: { id: string; cursor?: string | undefined; limit: number },
) {
  requireAbility(context, "read");
  const rows = await context.studio.db.importNote.findMany({
    where: {
      importId: input.id,
      import: { projectId: context.caller.projectId },
      ...(input.cursor && { id: { gt: input.cursor } }),
    },
    orderBy: { id: "asc" },
    take: input.limit + 1,
  });
  return toPage(rows, input.limit, ({ id, subject, reason, refused }) => ({ id, subject, reason, refused }));
}
