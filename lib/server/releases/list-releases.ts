import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { presentRelease, releaseInclude } from "./present-release";

export async function listReleases(context: Context, input: { cursor?: string | undefined; limit: number }) {
  requireAbility(context, "read");
  const rows = await context.studio.db.release.findMany({
    where: { projectId: context.caller.projectId, ...(input.cursor && { id: { lt: input.cursor } }) },
    orderBy: { id: "desc" },
    take: input.limit + 1,
    include: releaseInclude,
  });
  const page = rows.slice(0, input.limit);
  return {
    items: await Promise.all(page.map(presentRelease)),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

export async function getRelease(context: Context, id: string) {
  requireAbility(context, "read");
  const row = await context.studio.db.release.findFirst({
    where: { id, projectId: context.caller.projectId },
    include: releaseInclude,
  });
  if (!row) throw new UserError("not-found", "There is no such release.", "id");
  return presentRelease(row);
}
