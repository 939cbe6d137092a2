import type { RegionView } from "@/lib/api/contract/masks";
import type { MaskImage } from "@/lib/domain/image";
import type { PreparedImage } from "../engine/prepared-image";
import { layPatches, sameMask } from "./lay-patches";
import type { MaskCodec } from "./mask-sync";
import { openStrokeJournal, type StrokeJournal, type UnsentWork } from "./stroke-journal";

/** A region with everything that the desk needs to show it at once. */
export interface Sitting {
  region: RegionView;
  image: PreparedImage;
  after: PreparedImage | null;
  /** What the server has; empty where nobody has drawn yet. */
  serverMask: MaskImage;
  journal: StrokeJournal | null;
  /** The newest strokes of an earlier sitting that the server does not have. */
  unsent: UnsentMask | null;
  /** Those of still older sittings, where they left another mask. */
  olderUnsent: readonly UnsentMask[];
}

/** The mask as an earlier sitting left it; nobody else has it. */
export interface UnsentMask {
  mask: MaskImage;
  session: string;
  /** The server's version that it is based on. */
  version: number;
  /** When its last stroke was made, ms. */
  updatedAt: number;
}

export interface SittingTools {
  codec: MaskCodec;
  prepareImage(address: string, signal?: AbortSignal): Promise<PreparedImage>;
  imageUrl(sha256: string): string;
  now(): number;
}

/** Fetches and decodes images and mask, and finds what an earlier sitting could not send. */
export async function openSitting(
  region: RegionView,
  tools: SittingTools,
  signal?: AbortSignal,
): Promise<Sitting> {
  const { width, height } = region.image;
  const opening = [
    tools.prepareImage(tools.imageUrl(region.image.sha256), signal),
    region.after && tools.prepareImage(tools.imageUrl(region.after.sha256), signal),
  ] as const;
  // A failure of one is told by the first that is awaited; the others must not count as unhandled.
  for (const part of opening) part?.catch(() => {});
  const [png, image, after] = await Promise.all([
    region.mask ? fetchBytes(tools.imageUrl(region.mask.png.sha256), signal) : null,
    ...opening,
  ]);
  const serverMask = png
    ? await tools.codec.decode(png)
    : { width, height, data: new Uint8Array(width * height) };
  const journal = await openStrokeJournal({
    regionId: region.id,
    width,
    height,
    base: { version: region.version, revision: 0, png },
    now: tools.now,
  }).catch(() => null);
  const [unsent = null, ...olderUnsent] = journal ? await findUnsent(journal, serverMask, tools.codec) : [];
  return { region, image, after, serverMask, journal, unsent, olderUnsent };
}

/** Frees a sitting that was never shown. */
export function closeSitting(sitting: Sitting): void {
  closeImages(sitting);
  sitting.journal?.close();
}

/** Frees the images of a sitting that is not shown any more; its journal is the sync's to close. */
export function closeImages({ image, after }: Sitting): void {
  image.close();
  after?.close();
}

/** What earlier sittings left that nobody else has, newest first. */
async function findUnsent(
  journal: StrokeJournal,
  serverMask: MaskImage,
  codec: MaskCodec,
): Promise<UnsentMask[]> {
  const found: UnsentMask[] = [];
  for (const work of await journal.unsent().catch(() => [])) {
    const mask = await restore(work, serverMask, codec);
    if (!mask) continue;
    // Sent after all, only its answer did not arrive; or a newer sitting went on from it without another stroke.
    if ([serverMask, ...found.map((newer) => newer.mask)].some((known) => sameMask(mask, known))) {
      await journal.forget(work.session);
      continue;
    }
    found.push({ mask, session: work.session, version: work.base.version, updatedAt: work.updatedAt });
  }
  return found;
}

/** The mask as a sitting left it; null if it does not fit the image. */
async function restore(work: UnsentWork, fits: MaskImage, codec: MaskCodec): Promise<MaskImage | null> {
  const { width, height } = work;
  if (width !== fits.width || height !== fits.height) return null;
  const base = work.base.png
    ? await codec.decode(work.base.png)
    : { width, height, data: new Uint8Array(width * height) };
  return layPatches(base, work.patches);
}

async function fetchBytes(address: string, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(address, { ...(signal && { signal }) });
  if (!response.ok) throw new Error(`The mask could not be fetched (status ${response.status}).`);
  return new Uint8Array(await response.arrayBuffer());
}
