import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";

/** Takes back what was sent on together. An anchor that something has been made of, or is about to be, stays. */
export async function undoTurn(
  context: Context,
  { importId }: { importId: string },
): Promise<{ removed: number; kept: number }> {
  requireAbility(context, "curate");
  const { projectId } = context.caller;
  return inTransaction(context.studio.db, async (tx) => {
    // Locked, they can get no run, seed, mask or edit between the look and the removal.
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id::text FROM anchors
      WHERE import_id = ${importId}::uuid AND project_id = ${projectId}::uuid AND origin = 'sample'
        AND withdrawn_at IS NULL
      ORDER BY id FOR UPDATE`;
    if (rows.length === 0) {
      throw new UserError("not-found", "Nothing of this next turn is left to take back.", "importId");
    }
    const removed = await tx.$executeRaw`
      DELETE FROM anchors a WHERE a.id = ANY(${rows.map(({ id }) => id)}::uuid[])
        AND NOT EXISTS (SELECT 1 FROM run_anchors t WHERE t.anchor_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM edits e WHERE e.anchor_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM source_renders r WHERE r.anchor_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM seeds s WHERE s.anchor_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM regions m WHERE m.anchor_id = a.id)`;
    const kept = rows.length - removed;
    const { added } = await tx.import.update({
      where: { id: importId },
      data: { added: { decrement: removed } },
    });
    if (added === 0) await tx.import.delete({ where: { id: importId } });
    await addToCounters(tx, projectId, { anchors: -removed, captioned: -removed });
    await notify(tx, { topic: "imports", id: importId });
    await notify(tx, { topic: "anchors" });
    return { removed, kept };
  });
}
