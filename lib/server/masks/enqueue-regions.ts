import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { Prisma } from "../database/client";
import { notify } from "../events/notify";

export interface EnqueueInput {
  kind: "anchor" | "edit";
  runId?: string | undefined;
  editType?: string | undefined;
  limit: number;
}

/** Makes the regions of anchors, or of a run's edits, that have none yet. */
export async function enqueueRegions(context: Context, input: EnqueueInput): Promise<{ added: number }> {
  requireAbility(context, "annotate");
  if (input.kind === "anchor" && (input.runId || input.editType)) {
    throw new UserError(
      "bad-input",
      "Anchors belong to no run and have no edit type; leave these out.",
      "kind",
    );
  }
  const { db } = context.studio;
  const added = await db.$executeRaw(
    input.kind === "anchor" ? ofAnchors(context, input) : ofEdits(context, input),
  );
  if (added > 0) await notify(db, { topic: "masks" });
  return { added };
}

// Ids of the database's own making need not be of version 7, but must sort in the order of the queue, which is that
// of the anchors: they take the time from the anchor's or edit's id and the rest from chance.
const id = (of: Prisma.Sql) =>
  Prisma.sql`(substr(${of}::text, 1, 14) || '7' || substr(gen_random_uuid()::text, 16))::uuid`;

function ofAnchors({ caller }: Context, { limit }: EnqueueInput): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO regions (id, project_id, kind, subject_id, image_sha, anchor_id, updated_at)
    SELECT ${id(Prisma.sql`a.id`)}, a.project_id, 'anchor', a.id, a.image_sha, a.id, now()
    FROM anchors a
    WHERE a.project_id = ${caller.projectId}::uuid AND a.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM regions r WHERE r.kind = 'anchor' AND r.subject_id = a.id)
    ORDER BY a.id LIMIT ${limit}
    ON CONFLICT DO NOTHING`;
}

function ofEdits({ caller }: Context, { runId, editType, limit }: EnqueueInput): Prisma.Sql {
  const run = runId ? Prisma.sql`AND e.run_id = ${runId}::uuid` : Prisma.empty;
  const type = editType ? Prisma.sql`AND e.edit_type = ${editType}` : Prisma.empty;
  return Prisma.sql`
    INSERT INTO regions (id, project_id, kind, subject_id, image_sha, anchor_id, edit_id, run_id, edit_type, updated_at)
    SELECT ${id(Prisma.sql`e.id`)}, e.project_id, 'edit', e.id, a.image_sha, a.id, e.id, e.run_id, e.edit_type, now()
    FROM edits e JOIN anchors a ON a.id = e.anchor_id
    WHERE e.project_id = ${caller.projectId}::uuid AND a.withdrawn_at IS NULL ${run} ${type}
      AND NOT EXISTS (SELECT 1 FROM regions r WHERE r.kind = 'edit' AND r.subject_id = e.id)
    ORDER BY e.id LIMIT ${limit}
    ON CONFLICT DO NOTHING`;
}
