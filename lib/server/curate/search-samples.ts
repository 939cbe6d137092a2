import type { SampleFilter, SamplePage } from "@/lib/api/contract/curate";
import { type Context, requireAbility } from "../context";
import { momentOfId, requireSound } from "./filter-sql";
import { findIds } from "./find-ids";
import { loadCurated } from "./load-curated";

/** A page of samples that a filter lets through, newest first. */
export async function searchSamples(
  context: Context,
  { filter, ...page }: { filter: SampleFilter; cursor?: string | undefined; limit: number },
): Promise<SamplePage> {
  requireAbility(context, "read");
  const { db } = context.studio;
  requireSound(filter);
  const { ids, nextCursor, searchedTo } = await findIds(db, context.caller.projectId, filter, page);
  return {
    items: await loadCurated(context, ids),
    nextCursor,
    searchedTo: searchedTo === null ? null : momentOfId(searchedTo),
  };
}
