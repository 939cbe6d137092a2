import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { presentSample, sampleInclude } from "./present-sample";

export async function getSample(context: Context, id: string) {
  requireAbility(context, "read");
  const row = await context.studio.db.sample.findFirst({
    where: { id, projectId: context.caller.projectId, withdrawn: false },
    include: sampleInclude,
  });
  if (!row) throw new UserError("not-found", "There is no such sample, or its anchor was withdrawn.", "id");
  return presentSample(row);
}
