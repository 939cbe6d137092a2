import type { Context } from "@/lib/server/context";
import { addToCounters } from "@/lib/server/counters";
import { uuid7 } from "@/lib/server/uuid7";
import { addSamples } from "./sample-rows";

/**
 * Puts one pending sample for each of the scores into a project, each of an anchor of its own, sharing their pictures:
 * a few statements, however many.
 */
export async function addScoredSamples(
  context: Context,
  scores: readonly Record<string, number>[],
): Promise<string[]> {
  const { db } = context.studio;
  const [model] = await addSamples(context, 1);
  const { candidateId } = await db.sample.findUniqueOrThrow({ where: { id: model! } });
  // The one that the others copy leaves the stage.
  await db.sample.update({ where: { id: model! }, data: { withdrawn: true } });
  await db.reviewTicket.deleteMany({ where: { sampleId: model! } });
  const ids = () => scores.map(() => uuid7());
  const [anchors, edits, renders, candidates, samples] = [ids(), ids(), ids(), ids(), ids().sort()];
  const source = { a: anchors, e: edits, r: renders, c: candidates };
  await db.$executeRaw`
    INSERT INTO anchors (id, project_id, image_sha, original_sha, caption, other_captions, origin, file_name, licence)
    SELECT g.id, a.project_id, a.image_sha, md5(g.id::text) || md5(g.id::text), a.caption, '{}', a.origin, a.file_name, a.licence
    FROM unnest(${source.a}::uuid[]) AS g(id), candidates c JOIN edits e ON e.id = c.edit_id JOIN anchors a ON a.id = e.anchor_id
    WHERE c.id = ${candidateId}::uuid`;
  await db.$executeRaw`
    INSERT INTO edits (id, project_id, run_id, anchor_id, ordinal, source_caption, instruction, target_caption, edit_type, provenance, state)
    SELECT g.id, e.project_id, e.run_id, g.anchor, 0, e.source_caption, e.instruction, e.target_caption, e.edit_type, '{}', 'done'
    FROM unnest(${source.e}::uuid[], ${source.a}::uuid[]) AS g(id, anchor), candidates c JOIN edits e ON e.id = c.edit_id
    WHERE c.id = ${candidateId}::uuid`;
  await db.$executeRaw`
    INSERT INTO source_renders (id, anchor_id, image_sha, recipe, recipe_hash)
    SELECT g.id, g.anchor, r.image_sha, r.recipe, md5(g.id::text) || md5(g.id::text)
    FROM unnest(${source.r}::uuid[], ${source.a}::uuid[]) AS g(id, anchor), candidates c JOIN source_renders r ON r.id = c.render_id
    WHERE c.id = ${candidateId}::uuid`;
  await db.$executeRaw`
    INSERT INTO candidates (id, run_id, edit_id, render_id, image_sha, recipe, recipe_hash, scores, scorer_hash, selected, failures)
    SELECT g.id, c.run_id, g.edit, g.render, c.image_sha, c.recipe, md5(g.id::text) || md5(g.id::text), g.scores::jsonb, 'test', true, '{}'
    FROM unnest(${source.c}::uuid[], ${source.e}::uuid[], ${source.r}::uuid[], ${scores.map((one) => JSON.stringify(one))}::text[])
      AS g(id, edit, render, scores), candidates c WHERE c.id = ${candidateId}::uuid`;
  await db.$executeRaw`
    INSERT INTO samples (id, project_id, run_id, candidate_id, policy_id, edit_type, instruction, source_caption, target_caption)
    SELECT g.id, s.project_id, s.run_id, g.candidate, s.policy_id, s.edit_type, s.instruction, s.source_caption, s.target_caption
    FROM unnest(${samples}::uuid[], ${source.c}::uuid[]) AS g(id, candidate), samples s WHERE s.id = ${model!}::uuid`;
  await addToCounters(db, context.caller.projectId, {
    "samples.pending": scores.length - 1,
    candidates: scores.length,
  });
  return samples;
}

/** Approvals and rejections by the caller, as the review desk leaves them, in a few statements. */
export async function decideAll(
  { studio, caller }: Context,
  verdicts: readonly { id: string; kind: "approve" | "reject" }[],
  elapsedMs: number,
): Promise<void> {
  const ids = verdicts.map(({ id }) => id);
  const assignments = verdicts.map(() => uuid7());
  await studio.db.$executeRaw`
    INSERT INTO assignments (id, project_id, sample_id, reviewer_id, state, slot, draw_order, lease_until, finished_at)
    SELECT g.id, ${caller.projectId}::uuid, g.sample, ${caller.memberId}::uuid, 'done', 1, 'random', now(), now()
    FROM unnest(${assignments}::uuid[], ${ids}::uuid[]) AS g(id, sample)`;
  await studio.db.$executeRaw`
    INSERT INTO decisions (id, sample_id, actor_id, kind, reasons, text_revision, elapsed_ms, assignment_id)
    SELECT g.id, g.sample, ${caller.memberId}::uuid, g.kind::decision_kind, '{}', 1, ${elapsedMs}, g.assignment
    FROM unnest(${verdicts.map(() => uuid7())}::uuid[], ${ids}::uuid[], ${verdicts.map(({ kind }) => kind)}::text[],
      ${assignments}::uuid[]) AS g(id, sample, kind, assignment)`;
  await studio.db.$executeRaw`
    UPDATE samples s SET state = (CASE WHEN g.kind = 'approve' THEN 'approved' ELSE 'rejected' END)::sample_state,
      decided_at = now(), version = version + 1
    FROM unnest(${ids}::uuid[], ${verdicts.map(({ kind }) => kind)}::text[]) AS g(id, kind) WHERE s.id = g.id`;
  await studio.db.reviewTicket.deleteMany({ where: { sampleId: { in: ids } } });
  const approved = verdicts.filter(({ kind }) => kind === "approve").length;
  await addToCounters(studio.db, caller.projectId, {
    "samples.pending": -ids.length,
    "samples.approved": approved,
    "samples.rejected": ids.length - approved,
  });
}
