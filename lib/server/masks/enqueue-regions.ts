import type { SampleFilter } from "@/lib/api/contract/curate";
import { UserError } from "@/lib/domain/errors";
import { type AnchorFilter, anchorConditions } from "../anchors/anchor-filter";
import { type Context, requireAbility } from "../context";
import { requireSound } from "../curate/filter-sql";
import { findIds } from "../curate/find-ids";
import { Prisma } from "../database/client";
import { notify } from "../events/notify";

export interface EnqueueInput {
  kind: "anchor" | "edit" | "sample";
  runId?: string | undefined;
  editType?: string | undefined;
  anchors?: AnchorFilter | undefined;
  sampleIds?: string[] | undefined;
  samples?: SampleFilter | undefined;
  limit: number;
}

/** What narrows each kind, and what to say of a field that another kind has. */
const fields = {
  anchor: [["anchors"], "Anchors belong to no run and have no edit type; narrow them with `anchors`."],
  edit: [["runId", "editType"], "Edits are narrowed by their run and edit type only."],
  sample: [["sampleIds", "samples"], "Samples are narrowed by `sampleIds` or `samples` only."],
} as const;
const allFields = Object.values(fields).flatMap(([names]) => names);

/** Makes the regions of anchors, edits or samples that have none in the queue yet. */
export async function enqueueRegions(context: Context, input: EnqueueInput): Promise<{ added: number }> {
  requireAbility(context, "annotate");
  requireFitting(input);
  const added = await {
    anchor: () => add(context, ofAnchors(context, input)),
    edit: () => add(context, ofEdits(context, input)),
    sample: () => addSamples(context, input),
  }[input.kind]();
  if (added > 0) await notify(context.studio.db, { topic: "masks" });
  return { added };
}

function requireFitting(input: EnqueueInput): void {
  const [own, sentence] = fields[input.kind];
  const other = allFields.find((name) => input[name] !== undefined && !own.some((one) => one === name));
  if (other) throw new UserError("bad-input", sentence, other);
  if (input.sampleIds && input.samples) {
    throw new UserError("bad-input", "Name samples or give a filter, not both.", "samples");
  }
}

const add = ({ studio }: Context, insert: Prisma.Sql) => studio.db.$executeRaw(insert);

// Ids of the database's own making need not be of version 7, but must sort in the order of the queue, which is that
// of the anchors: they take the time from the id of the anchor, edit or sample and the rest from chance.
const id = (of: Prisma.Sql) =>
  Prisma.sql`(substr(${of}::text, 1, 14) || '7' || substr(gen_random_uuid()::text, 16))::uuid`;

/** A region that somebody only opened is put into the queue. */
const orQueue = Prisma.sql`
    ON CONFLICT (kind, subject_id) DO UPDATE SET queued = TRUE, updated_at = now() WHERE NOT regions.queued`;

function ofAnchors({ caller }: Context, { anchors = {}, limit }: EnqueueInput): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO regions (id, project_id, kind, subject_id, image_sha, anchor_id, updated_at)
    SELECT ${id(Prisma.sql`a.id`)}, a.project_id, 'anchor', a.id, a.image_sha, a.id, now()
    FROM anchors a
    WHERE ${anchorConditions(caller.projectId, anchors)}
      AND NOT EXISTS (SELECT 1 FROM regions r WHERE r.kind = 'anchor' AND r.subject_id = a.id AND r.queued)
    ORDER BY a.id LIMIT ${limit}
    ${orQueue}`;
}

function ofEdits({ caller }: Context, { runId, editType, limit }: EnqueueInput): Prisma.Sql {
  const run = runId ? Prisma.sql`AND e.run_id = ${runId}::uuid` : Prisma.empty;
  const type = editType ? Prisma.sql`AND e.edit_type = ${editType}` : Prisma.empty;
  return Prisma.sql`
    INSERT INTO regions (id, project_id, kind, subject_id, image_sha, anchor_id, edit_id, run_id, edit_type, updated_at)
    SELECT ${id(Prisma.sql`e.id`)}, e.project_id, 'edit', e.id, a.image_sha, a.id, e.id, e.run_id, e.edit_type, now()
    FROM edits e JOIN anchors a ON a.id = e.anchor_id
    WHERE e.project_id = ${caller.projectId}::uuid AND a.withdrawn_at IS NULL ${run} ${type}
      AND NOT EXISTS (SELECT 1 FROM regions r WHERE r.kind = 'edit' AND r.subject_id = e.id AND r.queued)
    ORDER BY e.id LIMIT ${limit}
    ${orQueue}`;
}

/** Samples whose regions are made by one statement. */
const pageSize = 2000;

async function addSamples(context: Context, { sampleIds, samples, limit }: EnqueueInput): Promise<number> {
  if (sampleIds) return add(context, ofSamples(context, sampleIds, limit));
  const filter = samples ?? {};
  requireSound(filter);
  let added = 0;
  for (let cursor: string | undefined; added < limit; ) {
    const page = await findIds(context.studio.db, context.caller.projectId, filter, {
      cursor,
      limit: pageSize,
    });
    added += await add(context, ofSamples(context, page.ids, limit - added));
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  return added;
}

/** Drawn on the source image, as `openRegion` does for one of them. */
function ofSamples({ caller }: Context, ids: readonly string[], limit: number): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO regions
      (id, project_id, kind, subject_id, image_sha, anchor_id, sample_id, run_id, edit_type, updated_at)
    SELECT ${id(Prisma.sql`s.id`)}, s.project_id, 'sample', s.id, sr.image_sha, sr.anchor_id, s.id, s.run_id,
      s.edit_type, now()
    FROM samples s
    JOIN candidates c ON c.id = s.candidate_id
    JOIN source_renders sr ON sr.id = c.render_id
    WHERE s.id = ANY(${[...ids]}::uuid[]) AND s.project_id = ${caller.projectId}::uuid AND NOT s.withdrawn
      AND NOT EXISTS (SELECT 1 FROM regions r WHERE r.kind = 'sample' AND r.subject_id = s.id AND r.queued)
    ORDER BY s.id DESC LIMIT ${limit}
    ${orQueue}`;
}
