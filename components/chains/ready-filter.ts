import type { SampleFilter } from "@/lib/api/contract/curate";

/** Approved samples that no next turn was started from. */
export const readyFilter = { state: "approved", goesOn: false } as const satisfies SampleFilter;
