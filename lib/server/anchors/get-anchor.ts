import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { anchorInclude, presentAnchor } from "./present-anchor";

export async function getAnchor(context: Context, id: string) {
  requireAbility(context, "read");
  const row = await context.studio.db.anchor.findFirst({
    where: { id, projectId: context.caller.projectId, withdrawnAt: null },
    include: anchorInclude,
  });
  if (!row) throw new UserError("not-found", "There is no such anchor, or it was withdrawn.", "id");
  return presentAnchor(row);
}
