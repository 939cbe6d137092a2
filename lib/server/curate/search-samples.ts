import type { SampleFilter, SamplePage } from "@/lib/api/contract/curate";
import { type Context, requireAbility } from "../context";
import { momentOfId } from "./filter-sql";
import { findIds } from "./find-ids";
import { loadCurated } from "./load-curated";
import { requirePlainText } from "./plain-text";

/** A page of samples that a filter lets through, newest first. */
export async function searchSamples(
  context: Context,
  { filter, ...page }: { filter: SampleFilter; cursor?: string | undefined; limit: number },
): Promise<SamplePage> {
  requireAbility(context, "read");
  const { db } = context.studio;
  requirePlainText(filter.text, "search", 200);
  requirePlainText(filter.reason, "reason", 100);
  requirePlainText(filter.licence, "licence", 200);
  const { ids, nextCursor, searchedTo } = await findIds(db, context.caller.projectId, filter, page);
  return {
    items: await loadCurated(context, ids),
    nextCursor,
    searchedTo: searchedTo === null ? null : momentOfId(searchedTo),
  };
}
