import { type BulkView, sampleFilter } from "@/lib/api/contract/curate";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { momentOfId } from "./filter-sql";

/** The newest actions on many samples, which can be taken back. */
export async function listBulks(context: Context, only: { id?: string } = {}): Promise<BulkView[]> {
  requireAbility(context, "read");
  const rows = await context.studio.db.bulkAction.findMany({
    where: { projectId: context.caller.projectId, ...only },
    orderBy: { id: "desc" },
    take: 20,
    include: { actor: true, tag: true, policy: true },
  });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    detail: row.tag?.name ?? (row.policy ? `version ${row.policy.version}` : row.reasons.join(", ") || null),
    by: row.actor?.name ?? null,
    state: row.state,
    changed: row.changed,
    left: row.left,
    restored: row.restored,
    undone: row.undoneAt !== null,
    stopped: row.stoppedAt !== null,
    // A filter that this version no longer knows is no reason to hide the action.
    filter: row.filter === null ? null : (sampleFilter.safeParse(row.filter).data ?? {}),
    searchedTo: row.cursor && row.undoneAt === null ? momentOfId(row.cursor) : null,
    message: row.message,
    createdAt: row.createdAt,
  }));
}

export async function requireBulk(context: Context, id: string): Promise<BulkView> {
  const [bulk] = await listBulks(context, { id });
  if (!bulk) throw new UserError("not-found", "There is no such action.", "id");
  return bulk;
}
