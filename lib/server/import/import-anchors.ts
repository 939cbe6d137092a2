import { basename } from "node:path";
import { UserError } from "@/lib/domain/errors";
import { DEFAULT_IMAGE_LIMITS, type ImageLimits } from "../images/image-limits";
import { ingestLoadedImage } from "../images/ingest-image";
import type { ImageSource } from "../images/ingested-image";
import { loadImage } from "../images/load-image";
import type { ThumbnailCache } from "../images/thumbnail-cache";
import type { ObjectStore } from "../object-store";
import { DEFAULT_FETCH_LIMITS, fetchImage } from "./fetch-image";
import { type ImportTally, importTally } from "./import-tally";
import type {
  AnchorSink,
  ImportEntry,
  ImportItem,
  ImportProgress,
  ImportReader,
  ImportReport,
} from "./import-types";

export type ImportOptions = {
  store: ObjectStore;
  sink: AnchorSink;
  thumbnails?: ThumbnailCache;
  limits?: ImageLimits;
  /** Images in work at once; each holds its file in memory. Default 4. */
  concurrency?: number;
  onProgress?(progress: ImportProgress): void;
  /** Stops between images; what is in stays in, and the report says how far it came. */
  signal?: AbortSignal;
};

/**
 * Imports everything a reader gives: fetches, checks, de-duplicates by the original file's hash, stores, and hands
 * each new anchor to the sink
 * (whose `add` may answer with a `UserError` "conflict" for one that is there already). A bad image goes into the report and the rest goes on; a full disk stops the import.
 */
export async function importAnchors(reader: ImportReader, options: ImportOptions): Promise<ImportReport> {
  const tally = importTally();
  const working = new Set<string>();
  const entries = reader[Symbol.asyncIterator]();
  let stopped = false;

  // Workers share one iterator: at most `concurrency` entries are in memory, however long the input is.
  const work = async () => {
    while (!stopped && !options.signal?.aborted) {
      try {
        const next = await nextEntry(entries);
        if (next.done) return;
        await importEntry(next.value, options, tally, working);
      } catch (error) {
        stopped = true;
        throw error;
      }
      options.onProgress?.(tally.progress());
    }
  };
  const results = await Promise.allSettled(Array.from({ length: options.concurrency ?? 4 }, work));
  await entries.return?.();
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  return tally.report();
}

/** A list that turns out to be broken ends the import like any refused entry; what came before it stays. */
async function nextEntry(entries: AsyncIterator<ImportEntry>): Promise<IteratorResult<ImportEntry>> {
  try {
    return await entries.next();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const refusal = { subject: error.subject ?? "The list", reason: error.message };
    return { done: false, value: { kind: "refused", refusal } };
  }
}

async function importEntry(
  entry: ImportEntry,
  options: ImportOptions,
  tally: ImportTally,
  working: Set<string>,
): Promise<void> {
  if (entry.kind === "refused") return tally.refuse(entry.refusal.subject, entry.refusal.reason);
  const { item } = entry;
  try {
    await importItem(item, options, tally, working);
  } catch (error) {
    if (!(error instanceof UserError) || error.code === "unavailable") throw error;
    // Another import was faster with the same file.
    if (error.code === "conflict") return tally.duplicate();
    tally.refuse(item.subject, error.message);
  }
}

async function importItem(
  item: ImportItem,
  { store, sink, thumbnails, limits = DEFAULT_IMAGE_LIMITS, signal }: ImportOptions,
  tally: ImportTally,
  working: Set<string>,
): Promise<void> {
  const loaded = await loadImage(await sourceOf(item, limits, signal), limits);
  // Two copies of one file may be in work at once, before either is in the database.
  if (working.has(loaded.sha256)) return tally.duplicate();
  working.add(loaded.sha256);
  try {
    if (await sink.exists(loaded.sha256)) return tally.duplicate();
    const { notes, ...image } = await ingestLoadedImage(loaded, {
      store,
      limits,
      ...(thumbnails && { thumbnails }),
    });
    await sink.add({
      ...image,
      fileName: fileNameOf(item),
      caption: item.caption,
      captions: item.captions,
      licence: item.licence ?? null,
      attribution: item.attribution ?? null,
      sourceUrl: item.sourceUrl ?? null,
      meta: item.meta,
    });
    tally.add(item.subject, [...item.warnings, ...notes]);
  } finally {
    working.delete(loaded.sha256);
  }
}

async function sourceOf(item: ImportItem, limits: ImageLimits, signal?: AbortSignal): Promise<ImageSource> {
  const { image } = item;
  if (image.kind === "path") return { kind: "path", path: image.path, name: basename(image.path) };
  if (image.kind === "stream") return { kind: "stream", stream: await image.open(), name: image.name };
  const fetchLimits = { ...DEFAULT_FETCH_LIMITS, maxBytes: limits.maxBytes };
  const stream = fetchImage(image.url, { limits: fetchLimits, ...(signal && { signal }) });
  return { kind: "stream", stream, name: image.url };
}

function fileNameOf({ image }: ImportItem): string {
  if (image.kind === "path") return basename(image.path);
  return image.kind === "url" ? image.url : image.name;
}
