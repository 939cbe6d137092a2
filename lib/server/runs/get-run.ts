import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { presentRun, runInclude } from "./present-run";
import { sampleCounts } from "./sample-counts";

export async function getRun(context: Context, id: string) {
  requireAbility(context, "read");
  const { db } = context.studio;
  const row = await db.run.findFirst({
    where: { id, projectId: context.caller.projectId },
    include: runInclude,
  });
  if (!row) throw new UserError("not-found", "There is no such run.", "id");
  return presentRun(row, (await sampleCounts(db, [id]))(id));
}
