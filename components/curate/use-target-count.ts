import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import type { SampleCount } from "@/lib/api/contract/curate";
import type { BulkTarget } from "./bulk-target";

/** How many samples are meant: exact for chosen ones, for a filter as well as that can be said; undefined at first. */
export function useTargetCount(target: BulkTarget): SampleCount | undefined {
  const whole = "filter" in target;
  const count = useQuery({
    ...api.curate.count.queryOptions({ input: { filter: whole ? target.filter : {} } }),
    enabled: whole,
  });
  return whole ? count.data : { samples: target.samples.length, kind: "exact" };
}
