import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";
import { presentImport } from "./present-import";

export async function listImports(context: Context, input: { cursor?: string | undefined; limit: number }) {
  requireAbility(context, "read");
  const rows = await context.studio.db.import.findMany({
    where: { projectId: context.caller.projectId, ...(input.cursor && { id: { lt: input.cursor } }) },
    orderBy: { id: "desc" },
    take: input.limit + 1,
  });
  return toPage(rows, input.limit, presentImport);
}
