import { formatCount } from "@/components/ui/format";
import type { SampleCount, SampleFilter } from "@/lib/api/contract/curate";

export interface ChosenSample {
  id: string;
  /** As it was seen; absent on the map, where only the place was seen. */
  version?: number;
}

/** What an action is for: samples chosen one by one, or everything that a filter lets through. */
export type BulkTarget = { readonly samples: readonly ChosenSample[] } | { readonly filter: SampleFilter };

/** `1,234`, `about 410,000` or `more than 10,000`. */
export function countText({ samples, kind }: SampleCount): string {
  const number = formatCount(samples);
  return kind === "exact" ? number : kind === "about" ? `about ${number}` : `more than ${number}`;
}
