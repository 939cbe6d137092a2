import { type RegionView, regionKind } from "@/lib/api/contract/masks";

/** What a person can open on the mask desk: a region, or what it belongs to (its region is made when needed). */
export type MaskDeskTarget =
  | { regionId: string }
  | { editId: string }
  | { seedId: string }
  | { sampleId: string }
  | { anchorId: string };

/** The address of the mask desk with one region open. */
export function maskDeskHref(target: MaskDeskTarget): string {
  if ("regionId" in target) return `/masks/${target.regionId}`;
  return `/masks/desk?${new URLSearchParams({ ...target })}`;
}

/** Which waiting regions a queue is of; all of them where nothing is named. */
export interface MaskQueueFilter {
  runId?: string;
  kind?: RegionView["kind"];
}

/** The address of the mask desk's queue: one waiting region after the other. */
export function maskQueueHref(filter: MaskQueueFilter = {}): string {
  const query = new URLSearchParams({ ...filter }).toString();
  return query ? `/masks/queue?${query}` : "/masks/queue";
}

/** What such an address names; a kind that there is none of is left out. */
export function maskQueueOf(params: URLSearchParams): MaskQueueFilter {
  const runId = params.get("runId");
  const kind = regionKind.safeParse(params.get("kind")).data;
  return { ...(runId && { runId }), ...(kind && { kind }) };
}
