import type { RegionView } from "@/lib/api/contract/masks";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import type { Transaction } from "../database/client";
import { presentRegion, type RegionRow, regionInclude } from "./present-region";

export async function getRegion(context: Context, id: string, session?: string): Promise<RegionView> {
  requireAbility(context, "read");
  return presentRegion(await regionRow(context.studio.db, context, id), {
    memberId: context.caller.memberId,
    session,
  });
}

/** A region of the caller's project, or a clear error. */
export async function regionRow(tx: Transaction, { caller }: Context, id: string): Promise<RegionRow> {
  const row = await tx.region.findUnique({
    where: { id, projectId: caller.projectId },
    include: regionInclude,
  });
  if (!row) throw new UserError("not-found", `There is no region ${id} in this project.`, "id");
  return row;
}
