import type { ObjectStore } from "../object-store";
import { DEFAULT_IMAGE_LIMITS, type ImageLimits } from "./image-limits";
import type { ImageSource, IngestedImage } from "./ingested-image";
import { damagedError, inspectImage } from "./inspect-image";
import { type LoadedImage, loadImage } from "./load-image";
import { normaliseImage } from "./normalise-image";
import { pixelBudget } from "./pixel-budget";
import { renderThumbnail, type ThumbnailCache } from "./thumbnail-cache";

export type IngestTargets = { store: ObjectStore; thumbnails?: ThumbnailCache; limits?: ImageLimits };

/** Width of the thumbnail made on the way in, pixels. */
const FIRST_THUMBNAIL = 256;

/** Pixels in work at once in this process; an image needs three or four bytes for each. */
const decoding = pixelBudget(DEFAULT_IMAGE_LIMITS.maxPixels);

/**
 * Takes one image file in: checks it, makes it upright 8-bit sRGB without metadata, stores it. Whatever is wrong with
 * the file is a `UserError` that names it.
 */
export async function ingestImage(source: ImageSource, targets: IngestTargets): Promise<IngestedImage> {
  return ingestLoadedImage(await loadImage(source, targets.limits ?? DEFAULT_IMAGE_LIMITS), targets);
}

/** The same for a file already read, so that a caller can look for duplicates before any decoding. */
export async function ingestLoadedImage(loaded: LoadedImage, targets: IngestTargets): Promise<IngestedImage> {
  const inspected = await inspectImage(loaded, targets.limits ?? DEFAULT_IMAGE_LIMITS);
  const pixels = inspected.width * inspected.height;
  const { normalised, thumbnail } = await decoding(pixels, async () => {
    const normalised = await normaliseImage(loaded, inspected);
    // Files that keep their coded pixels have not been decoded yet: the thumbnail proves that they can be.
    const thumbnail = await renderThumbnail(normalised.bytes, FIRST_THUMBNAIL).catch((error) => {
      throw damagedError(loaded.name, error);
    });
    return { normalised, thumbnail };
  });
  const stored = await targets.store.put(normalised.bytes);
  await targets.thumbnails?.keep(stored.sha256, FIRST_THUMBNAIL, thumbnail);
  return {
    originalSha256: loaded.sha256,
    sha256: stored.sha256,
    width: inspected.width,
    height: inspected.height,
    format: normalised.format,
    bytes: stored.bytes,
    notes: [...inspected.notes, ...normalised.notes],
  };
}
