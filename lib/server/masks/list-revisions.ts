import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";
import { regionRow } from "./get-region";
import { maskInclude, presentMask } from "./present-region";

/** Everything that was ever saved of a region, newest first. */
export async function listRevisions(
  context: Context,
  { id, cursor, limit }: { id: string; cursor?: string | undefined; limit: number },
) {
  requireAbility(context, "read");
  const { db } = context.studio;
  await regionRow(db, context, id);
  const rows = await db.mask.findMany({
    where: { regionId: id, ...(cursor && { id: { lt: cursor } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
    include: maskInclude,
  });
  return toPage(rows, limit, presentMask);
}
