import { type SampleFilter, sampleFilter } from "@/lib/api/contract/curate";

/** The filter that an address names with `?f=`; what cannot be read is no filter. */
export function filterOfAddress(text: string | null): SampleFilter {
  if (!text) return {};
  try {
    return sampleFilter.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

export function addressOfFilter(filter: SampleFilter): string {
  return Object.keys(filter).length === 0 ? "" : JSON.stringify(filter);
}

/** The filter with some parts set, or with undefined lifted. */
export function withPart(
  filter: SampleFilter,
  change: { [K in keyof SampleFilter]?: SampleFilter[K] | undefined },
): SampleFilter {
  const merged = { ...filter, ...change };
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== undefined),
  ) as SampleFilter;
}

/** Filters that no index answers: the search walks from new to old and may need several steps. */
export function isSlow(filter: SampleFilter): boolean {
  const { state, editType, runId, tagId, reviewerId, from, until, text, ...others } = filter;
  return Object.keys(others).length > 0;
}
