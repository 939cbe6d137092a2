import type { DecisionView } from "@/lib/api/contract/samples";
import { type Context, mayDo, requireAbility } from "../context";

/** Every decision on a sample, oldest first, undone ones included; answers to gold samples for curators only. */
export async function decisionHistory(context: Context, id: string): Promise<DecisionView[]> {
  requireAbility(context, "read");
  const rows = await context.studio.db.decision.findMany({
    where: {
      sampleId: id,
      sample: { projectId: context.caller.projectId },
      ...(!mayDo(context, "curate") && { purpose: { not: "gold" } }),
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include: { actor: true },
  });
  return rows.map(({ id, kind, reasons, note, actor, undoesId, createdAt }) => ({
    id,
    kind,
    reasons,
    note,
    actor: actor?.name ?? "Selection policy",
    undoesId,
    createdAt,
  }));
}
