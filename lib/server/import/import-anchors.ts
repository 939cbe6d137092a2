import { basename } from "node:path";
import { UserError } from "@/lib/domain/errors";
import { DEFAULT_IMAGE_LIMITS, type ImageLimits } from "../images/image-limits";
import { ingestLoadedImage } from "../images/ingest-image";
import type { ImageSource } from "../images/ingested-image";
import { type LoadedImage, loadImage } from "../images/load-image";
import type { ThumbnailCache } from "../images/thumbnail-cache";
import type { ObjectStore } from "../object-store";
import { DEFAULT_FETCH_LIMITS, fetchImage } from "./fetch-image";
import { type ImportTally, importTally } from "./import-tally";
import type {
  AnchorFacts,
  AnchorSink,
  ImportEntry,
  ImportItem,
  ImportProgress,
  ImportReader,
  ImportReport,
  KnownAnchor,
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
 * each new anchor to
 * the sink. A file that is an anchor already gives it the caption and licence that it lacks. A bad image goes into the
 * report and the rest goes on; a full disk stops the import.
 */
export async function importAnchors(reader: ImportReader, options: ImportOptions): Promise<ImportReport> {
  const tally = importTally();
  const working = new Map<string, Promise<void>>();
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
  working: Map<string, Promise<void>>,
): Promise<void> {
  if (entry.kind === "refused") return tally.refuse(entry.refusal.subject, entry.refusal.reason);
  const { item } = entry;
  try {
    await importItem(item, options, tally, working);
  } catch (error) {
    if (!(error instanceof UserError) || error.code === "unavailable") throw error;
    tally.refuse(item.subject, error.message);
  }
}

async function importItem(
  item: ImportItem,
  options: ImportOptions,
  tally: ImportTally,
  working: Map<string, Promise<void>>,
): Promise<void> {
  const { limits = DEFAULT_IMAGE_LIMITS, signal } = options;
  const loaded = await loadImage(await sourceOf(item, limits, signal), limits);
  const { sha256 } = loaded;
  // Two copies of one file may be in work at once, before either is in the database: the second waits for the first.
  for (let other = working.get(sha256); other; other = working.get(sha256)) await other.catch(() => {});
  const work = importLoaded(item, loaded, options, tally);
  working.set(sha256, work);
  try {
    await work;
  } finally {
    working.delete(sha256);
  }
}

async function importLoaded(
  item: ImportItem,
  loaded: LoadedImage,
  { store, sink, thumbnails, limits = DEFAULT_IMAGE_LIMITS }: ImportOptions,
  tally: ImportTally,
): Promise<void> {
  const facts = factsOf(item);
  const complete = async () => {
    const known = await sink.complete(loaded.sha256, facts);
    if (known) tally.duplicate(item.subject, outcomeOf(known, facts));
    return known !== null;
  };
  if (await complete()) return;
  const { notes, ...image } = await ingestLoadedImage(loaded, {
    store,
    limits,
    ...(thumbnails && { thumbnails }),
  });
  try {
    await sink.add({ ...image, ...facts, meta: item.meta });
  } catch (error) {
    // Another import was faster with the same file.
    if (error instanceof UserError && error.code === "conflict" && (await complete())) return;
    throw error;
  }
  tally.add(item.subject, [...item.warnings, ...notes]);
}

function factsOf(item: ImportItem): AnchorFacts {
  return {
    fileName: fileNameOf(item),
    caption: item.caption,
    captions: item.captions,
    licence: item.licence ?? null,
    attribution: item.attribution ?? null,
    sourceUrl: item.sourceUrl ?? null,
  };
}

/** What the report says of a file that was there already; null for what an interrupted attempt had added. */
function outcomeOf({ fileName, filled, own }: KnownAnchor, facts: AnchorFacts): string | null {
  if (filled.length > 0) return `Already an anchor (${fileName}); it was given the ${filled.join(", ")}.`;
  return own && fileName === facts.fileName ? null : `Already an anchor (${fileName}); skipped.`;
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
