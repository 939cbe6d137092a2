import type { MaskFile } from "@/components/masks/pad/use-pad";
import { committed, request } from "@/components/masks/sync/journal-database";

const store = "regions";

/** Regions of seeds that are not saved yet, by the place of their draft. Too large for the storage of texts. */
function open(): Promise<IDBDatabase> {
  const opening = indexedDB.open("pentimento-seed-drafts", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store);
  return request(opening);
}

/** The region left at a place, if there is one and this browser can tell. */
export async function loadRegionDraft(place: string): Promise<MaskFile | null> {
  try {
    const database = await open();
    const found = await request<MaskFile | undefined>(
      database.transaction(store).objectStore(store).get(place),
    );
    database.close();
    return found ?? null;
  } catch {
    return null;
  }
}

/** Keeps a region in this browser; null forgets it. A full or forbidden storage only costs the safety net. */
export async function keepRegionDraft(place: string, region: MaskFile | null): Promise<void> {
  try {
    const database = await open();
    const transaction = database.transaction(store, "readwrite");
    if (region) transaction.objectStore(store).put(region, place);
    else transaction.objectStore(store).delete(place);
    await committed(transaction);
    database.close();
  } catch {
    // See above.
  }
}
