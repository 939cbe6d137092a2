import { type JournalHead, openJournalDatabase, request } from "./journal-database";

/** Regions whose strokes lie in this browser and not on the server, the newest first. */
export async function listUnsent(): Promise<{ regionId: string; updatedAt: number }[]> {
  const database = await openJournalDatabase();
  try {
    const heads = await request<JournalHead[]>(
      database.transaction("heads", "readonly").objectStore("heads").getAll(),
    );
    const newest = new Map<string, number>();
    for (const { regionId, revision, savedRevision, updatedAt } of heads) {
      if (revision > savedRevision) {
        newest.set(regionId, Math.max(updatedAt, newest.get(regionId) ?? 0));
      }
    }
    return [...newest]
      .map(([regionId, updatedAt]) => ({ regionId, updatedAt }))
      .sort((a, b) => b.updatedAt - a.updatedAt);
  } finally {
    database.close();
  }
}
