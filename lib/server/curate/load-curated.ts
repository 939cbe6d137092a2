import type { CuratedSample } from "@/lib/api/contract/curate";
import type { Context } from "../context";
import { presentSample, sampleInclude } from "../samples/present-sample";

/** The samples with their tags, in the order of `ids`; withdrawn and foreign ones are left out. */
export async function loadCurated(
  { studio, caller }: Context,
  ids: readonly string[],
): Promise<CuratedSample[]> {
  if (ids.length === 0) return [];
  const rows = await studio.db.sample.findMany({
    where: { id: { in: [...ids] }, projectId: caller.projectId, withdrawn: false },
    include: { ...sampleInclude, tags: { include: { tag: true } } },
  });
  const byId = new Map(
    rows.map((row) => [
      row.id,
      {
        ...presentSample(row),
        tags: row.tags
          .map(({ tag }) => ({ id: tag.id, name: tag.name }))
          .sort((a, b) => a.name.localeCompare(b.name)),
        acceptance: row.acceptance,
      },
    ]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}
