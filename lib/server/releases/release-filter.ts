import { type ReleaseFilter, releaseFilter } from "@/lib/api/contract/releases";
import type { Prisma } from "../database/client";

export function sampleWhere(projectId: string, filter: ReleaseFilter): Prisma.SampleWhereInput {
  return {
    projectId,
    state: { in: filter.states },
    candidate: { render: { anchor: { withdrawnAt: null } } },
    ...(filter.runIds?.length && { runId: { in: filter.runIds } }),
    ...(filter.editTypes?.length && { editType: { in: filter.editTypes } }),
  };
}

/** The filter as it is stored with a release. */
export function storedFilter(json: unknown): ReleaseFilter {
  return releaseFilter.parse(json);
}
