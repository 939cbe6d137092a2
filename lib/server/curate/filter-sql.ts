import type { SampleFilter } from "@/lib/api/contract/curate";
import { UserError } from "@/lib/domain/errors";
import { scoreDefinition } from "@/lib/domain/scores";
import { Prisma } from "../database/client";
import { requirePlainText } from "./plain-text";

/** Conditions of a filter on `samples s`, and what must be joined for them. */
export interface FilterSql {
  conditions: Prisma.Sql[];
  joins: Prisma.Sql;
  /** The full-text condition, which has an index of its own; not one of `conditions`. */
  words: Prisma.Sql | null;
  /** Every condition is answered by the index that the rows come in the order of. */
  indexed: boolean;
}

/** What full-text search sees of a sample; spelt as the index is. */
export const words = Prisma.sql`sample_words(s.instruction, s.source_caption, s.target_caption)`;

/** A search as people type it: English stems or the very words. */
export function searchQuery(text: string): Prisma.Sql {
  return Prisma.sql`(websearch_to_tsquery('english', ${text}) || websearch_to_tsquery('simple', ${text}))`;
}

/** Refuses texts that nobody can mean and scores that are none, before anything is begun. */
export function requireSound(filter: SampleFilter): void {
  requirePlainText(filter.text, "search", 200);
  requirePlainText(filter.reason, "reason", 100);
  requirePlainText(filter.licence, "licence", 200);
  for (const score of Object.keys(filter.scores ?? {})) {
    if (!scoreDefinition(score)) throw new UserError("bad-input", `“${score}” is no score.`, "scores");
  }
}

/** @param except the condition that the rows' source answers itself */
export function filterSql(filter: SampleFilter, except: "tagId" | "reviewerId" | null): FilterSql {
  const conditions: Prisma.Sql[] = [];
  let [candidates, anchors, indexed] = [false, false, true];
  const add = (condition: Prisma.Sql, hasIndex = false) => {
    conditions.push(condition);
    if (!hasIndex) indexed = false;
  };
  if (filter.state) add(Prisma.sql`s.state = ${filter.state}::sample_state`, except === null);
  if (filter.editType) add(Prisma.sql`s.edit_type = ${filter.editType}`, except === null);
  if (filter.runId) add(Prisma.sql`s.run_id = ${filter.runId}::uuid`, except === null);
  const text = filter.text?.trim();
  const search = text ? Prisma.sql`${words} @@ ${searchQuery(text)}` : null;
  if (filter.tagId && except !== "tagId") {
    add(
      Prisma.sql`EXISTS (SELECT 1 FROM sample_tags t WHERE t.tag_id = ${filter.tagId}::uuid AND t.sample_id = s.id)`,
    );
  }
  if (filter.reviewerId && except !== "reviewerId") {
    add(
      Prisma.sql`EXISTS (SELECT 1 FROM decisions d WHERE d.actor_id = ${filter.reviewerId}::uuid AND d.sample_id = s.id)`,
    );
  }
  if (filter.reason) {
    add(Prisma.sql`EXISTS (SELECT 1 FROM decisions d WHERE d.sample_id = s.id AND ${filter.reason} = ANY(d.reasons)
      AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = d.id))`);
  }
  if (filter.decidedBy) {
    const by =
      filter.decidedBy === "policy"
        ? Prisma.sql`d.policy_id IS NOT NULL`
        : Prisma.sql`d.actor_id IS NOT NULL`;
    add(Prisma.sql`s.state <> 'pending' AND EXISTS (SELECT 1 FROM decisions d WHERE d.sample_id = s.id AND ${by}
      AND d.kind <> 'undo' AND d.purpose <> 'gold' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = d.id))`);
  }
  if (filter.route) {
    const names = filter.route === "audit" ? ["audit-accept", "audit-reject"] : [filter.route];
    add(Prisma.sql`s.route::text = ANY(${names})`);
  }
  if (filter.stale !== undefined) {
    add(
      Prisma.sql`(s.scored_text_revision <> s.text_revision OR s.scored_mask_revision <> s.mask_revision) = ${filter.stale}`,
    );
  }
  if (filter.duplicates !== undefined) {
    const has = Prisma.sql`EXISTS (SELECT 1 FROM sample_embeddings v WHERE v.sample_id = s.id AND v.group_id IS NOT NULL)`;
    add(filter.duplicates ? has : Prisma.sql`NOT ${has}`);
  }
  if (filter.goesOn !== undefined) {
    add(
      Prisma.sql`EXISTS (SELECT 1 FROM anchors n WHERE n.parent_sample_id = s.id) = ${filter.goesOn}::boolean`,
    );
  }
  if (filter.hasMask !== undefined) {
    candidates = true;
    add(Prisma.sql`(coalesce(s.mask_id, c.mask_id) IS NOT NULL) = ${filter.hasMask}`);
  }
  for (const [score, { min, max }] of Object.entries(filter.scores ?? {})) {
    candidates = true;
    if (min !== undefined) add(Prisma.sql`(c.scores->>${score})::float8 >= ${min}`);
    if (max !== undefined) add(Prisma.sql`(c.scores->>${score})::float8 <= ${max}`);
  }
  if (filter.licence || filter.origin || filter.turn) candidates = anchors = true;
  if (filter.licence) add(Prisma.sql`a.licence = ${filter.licence}`);
  if (filter.origin) add(Prisma.sql`a.origin = ${filter.origin}::origin`);
  if (filter.turn) add(Prisma.sql`a.turn = ${filter.turn}`);
  const joins = [
    candidates && Prisma.sql`JOIN candidates c ON c.id = s.candidate_id`,
    anchors && Prisma.sql`JOIN edits e ON e.id = c.edit_id JOIN anchors a ON a.id = e.anchor_id`,
  ].filter((join) => join !== false);
  return {
    conditions,
    joins: joins.length > 0 ? Prisma.join(joins, " ") : Prisma.empty,
    words: search,
    indexed: indexed && !search && except === null,
  };
}

/** The project's samples that nobody withdrew. */
export function standing(projectId: string): Prisma.Sql[] {
  return [Prisma.sql`s.project_id = ${projectId}::uuid`, Prisma.sql`NOT s.withdrawn`];
}

export function and(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.join([...conditions], " AND ");
}

/** The smallest id (version 7) that a row made at `moment` can have. */
export function firstIdAt(moment: Date): string {
  const milliseconds = Math.min(Math.max(0, moment.getTime()), 2 ** 48 - 1);
  const hex = milliseconds.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** When a row with this id (version 7) was made. */
export function momentOfId(id: string): Date {
  return new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));
}
