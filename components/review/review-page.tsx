"use client";

import { useSearchParams } from "next/navigation";
import { FilterBar } from "./filter-bar";
import { filterKey, readFilter } from "./review-address";
import { ReviewDesk } from "./review-desk";

/** The reviewer's desk for the samples and in the order that the address says. */
export function ReviewPage() {
  const filter = readFilter(useSearchParams());
  return (
    <ReviewDesk
      key={filterKey(filter)}
      filter={filter}
      filters={(openHolders) => <FilterBar filter={filter} page="/review" onHolders={openHolders} />}
    />
  );
}
