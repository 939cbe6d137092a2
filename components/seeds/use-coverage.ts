"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "@/lib/api/client";

/** How many seeds there are of each edit type; empty while unknown. */
export function useCoverage() {
  const { data } = useQuery(api.seeds.coverage.queryOptions());
  return useMemo(() => new Map(data?.map(({ editType, count }) => [editType, count])), [data]);
}
