import { openInWorker } from "./pixel-worker-client";
import type { PreparedImage } from "./prepared-image";

/**
 * Fetches (for an address) and decodes an image off the main thread. Resolves when it can be shown whole; sharper tiles
 * follow. Rejects with a sentence for the person.
 */
export async function prepareImage(source: string | Blob, signal?: AbortSignal): Promise<PreparedImage> {
  const file = typeof source === "string" ? await fetchImage(source, signal) : source;
  signal?.throwIfAborted();
  return openInWorker(file);
}

async function fetchImage(address: string, signal?: AbortSignal): Promise<Blob> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`The image could not be fetched (${response.status}).`);
  return response.blob();
}
