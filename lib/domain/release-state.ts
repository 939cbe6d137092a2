/** How far a background job is, as the database names it. */
type JobState = "queued" | "running" | "succeeded" | "failed";

/** A release is frozen for those who hold a dataset of it; one that nobody can hold may be deleted. */
export function mayDeleteRelease(exportStates: readonly JobState[]): boolean {
  return exportStates.every((state) => state === "failed");
}
