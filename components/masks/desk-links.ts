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

/** The address of the mask desk's queue: one waiting region after the other, of one run if it is named. */
export function maskQueueHref({ runId }: { runId?: string | undefined } = {}): string {
  return runId ? `/masks/queue?${new URLSearchParams({ runId })}` : "/masks/queue";
}
