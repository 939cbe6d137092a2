import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { presentImport } from "./present-import";

export async function getImport(context: Context, id: string) {
  requireAbility(context, "read");
  const row = await context.studio.db.import.findFirst({
    where: { id, projectId: context.caller.projectId },
  });
  if (!row) throw new UserError("not-found", "There is no such import.", "id");
  return presentImport(row);
}
