"use client";

import { useSearchParams } from "next/navigation";
import { filterKey, readFilter } from "../review-address";
import { BatchDesk } from "./batch-desk";

/** The grid for the samples and in the order that the address says. */
export function BatchPage() {
  const read = readFilter(useSearchParams());
  const filter = { ...read, queue: read.queue === "returned" ? "review" : read.queue } as const;
  return <BatchDesk key={filterKey(filter)} filter={filter} />;
}
