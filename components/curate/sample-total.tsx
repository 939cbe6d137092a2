import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import type { SampleFilter } from "@/lib/api/contract/curate";
import { countText } from "./bulk-target";

/** How many samples a filter lets through, as well as that can be said in time. */
export function SampleTotal({ filter }: { filter: SampleFilter }) {
  const { data: count } = useQuery({
    ...api.curate.count.queryOptions({ input: { filter } }),
    placeholderData: keepPreviousData,
  });
  return (
    <p role="status" className="text-[13px] text-ink-soft tabular-nums">
      {count && `${countText(count)} ${count.samples === 1 ? "sample" : "samples"}`}
    </p>
  );
}
