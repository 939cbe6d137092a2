/** A sitting at a region, without its pixels. */
export interface JournalHead {
  key: string;
  regionId: string;
  session: string;
  width: number;
  height: number;
  /** The server's version that the base belongs to. */
  version: number;
  baseRevision: number;
  revision: number;
  /** The newest revision that the server has. */
  savedRevision: number;
  updatedAt: number;
}

const name = "pentimento-masks";

/** This browser's store of strokes: `heads`, their `bases` (PNG by head), and `patches` by [head, revision]. */
export function openJournalDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    const heads = opening.result.createObjectStore("heads", { keyPath: "key" });
    heads.createIndex("regionId", "regionId");
    opening.result.createObjectStore("bases");
    opening.result.createObjectStore("patches");
  };
  return request(opening);
}

/** The result of a request, or its error. */
export function request<T>(asked: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result as T);
    asked.onerror = () => reject(asked.error);
  });
}

/** Resolves when a transaction has been written, and not only accepted. */
export function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("The browser's storage is full."));
    // Starts writing at once instead of when the page has a quiet moment.
    transaction.commit?.();
  });
}
