import type { TagView } from "@/lib/api/contract/curate";
import { type Context, requireAbility } from "../context";

/** Counting stops here: a tag on a million samples must not cost a second. */
const countedTo = 10_000;

/** The project's tags that are on a sample, by name. */
export async function listTags(context: Context): Promise<TagView[]> {
  requireAbility(context, "read");
  const rows = await context.studio.db.$queryRaw<{ id: string; name: string; samples: number }[]>`
    SELECT t.id, t.name, (SELECT count(*)::int FROM (
      SELECT 1 FROM sample_tags s WHERE s.tag_id = t.id LIMIT ${countedTo + 1}) counted) AS samples
    FROM tags t WHERE t.project_id = ${context.caller.projectId}::uuid ORDER BY t.name LIMIT 500`;
  return rows
    .filter(({ samples }) => samples > 0)
    .map((row) => ({ ...row, samples: Math.min(row.samples, countedTo), more: row.samples > countedTo }));
}

/** What the filters can be set to: people, reasons that were given, licences of the anchors. */
export async function listFacets(context: Context) {
  requireAbility(context, "read");
  const { studio, caller } = context;
  const { projectId } = caller;
  const members = await studio.db.member.findMany({
    where: { projectId, decisions: { some: {} } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
  const reasons = await studio.db.rejectReason.findMany({
    where: { projectId },
    orderBy: { position: "asc" },
    select: { key: true, label: true },
  });
  // Of the newest anchors: all of a large project would take long.
  const licences = await studio.db.$queryRaw<{ licence: string }[]>`
    SELECT DISTINCT licence FROM (
      SELECT licence FROM anchors WHERE project_id = ${projectId}::uuid ORDER BY id DESC LIMIT 20000) newest
    WHERE licence IS NOT NULL ORDER BY 1 LIMIT 100`;
  return { reviewers: members, reasons, licences: licences.map(({ licence }) => licence) };
}
