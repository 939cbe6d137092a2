import { Prisma } from "../database/client";

/** Which anchors a list or an action is about: everything that is given must hold. */
export interface AnchorFilter {
  origin?: "photo" | "storybook" | "sample" | undefined;
  /** Sample images, or the images that were added. */
  generated?: boolean | undefined;
  uncaptioned?: boolean | undefined;
  /** Part of the caption. */
  search?: string | undefined;
}

/** The project's anchors that fit and were not withdrawn. */
export function whereAnchor(projectId: string, filter: AnchorFilter): Prisma.AnchorWhereInput {
  const { origin, generated, uncaptioned, search } = filter;
  const given: Prisma.AnchorWhereInput[] = [];
  if (origin) given.push({ origin });
  if (generated !== undefined) given.push({ origin: generated ? "sample" : { not: "sample" } });
  if (uncaptioned !== undefined) given.push({ caption: uncaptioned ? "" : { not: "" } });
  if (search) given.push({ caption: { contains: search, mode: "insensitive" } });
  return { projectId, withdrawnAt: null, AND: given };
}

/** The same as SQL on `anchors a`: an action may be about millions of anchors, which need not pass through this process. */
export function anchorConditions(projectId: string, filter: AnchorFilter): Prisma.Sql {
  const { origin, generated, uncaptioned, search } = filter;
  const given = [Prisma.sql`a.project_id = ${projectId}::uuid AND a.withdrawn_at IS NULL`];
  if (origin) given.push(Prisma.sql`a.origin = ${origin}::origin`);
  if (generated !== undefined) given.push(Prisma.sql`(a.origin = 'sample') = ${generated}::boolean`);
  if (uncaptioned !== undefined) given.push(Prisma.sql`(a.caption = '') = ${uncaptioned}::boolean`);
  // The words as they are: `%` and `_` are no wildcards here.
  if (search) given.push(Prisma.sql`position(lower(${search}) in lower(a.caption)) > 0`);
  return Prisma.join(given, " AND ");
}
