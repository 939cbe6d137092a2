import sharp from "sharp";
import type { ImagesEndpoint } from "@/lib/domain/endpoint-config";
import { UserError } from "@/lib/domain/errors";
import type { MaskImage, RgbImage } from "@/lib/domain/image";
import type { RegionMasks } from "@/lib/domain/masks/region-masks";
import type { Crop } from "@/lib/stages/anchor-image";
import { anchorForEndpoint, drawFromEndpoint, type EndpointEdit } from "@/lib/stages/endpoint-draw";
import type { RegionEdit } from "@/lib/stages/region";
import type { Studio } from "../context";
import { storeMask } from "../images/store-mask";
import { pacedBy } from "../paced";
import type { StoredGuide } from "./commit-batch";
import { countPassed, type DrawSource } from "./draw-source";
import { stageOf, type WorkRow } from "./edit-work";
import { humanMaskAtSize, humanMaskOf } from "./human-mask";
import { manifestOf } from "./pack-of-run";
import type { RunnableRun } from "./runnable-run";
import { runPurse } from "./spending";

/** The region of Stage III, at the pack's size, with the part of the anchor that it shows. */
interface FoundRegion {
  masks: RegionMasks;
  origin: RegionEdit["origin"];
  authorId: string | null;
  crop: Crop;
}

/**
 * Draws by an images endpoint. With a region its contour mask is sent, with room around the object; a mask that people
 * drew wins over it, in Stage II as well.
 */
export async function endpointSource(
  studio: Studio,
  run: RunnableRun,
  edit: WorkRow,
  generator: ImagesEndpoint,
  region: FoundRegion | null,
  signal: AbortSignal,
): Promise<DrawSource> {
  const endpoint = studio.endpoints.images;
  if (!endpoint) {
    throw new UserError(
      "unavailable",
      "The run asks for an images endpoint; set PENTIMENTO_IMAGES_URL and start the worker again.",
      "PENTIMENTO_IMAGES_URL",
    );
  }
  const sha256 = edit.anchor.imageSha;
  const anchor = {
    sha256,
    ...(await anchorForEndpoint(await studio.store.read(sha256), generator.maxSide)),
  };
  const guides = new Map<string, StoredGuide>();
  const found = generator.useMask ? await maskFor(studio, edit, anchor, region) : null;
  let mask: EndpointEdit["mask"] = null;
  if (found) {
    const picture = await storeMask(studio.store, found.image);
    mask = { sha256: picture.sha256, kind: found.kind, image: found.image };
    guides.set(picture.sha256, { kind: found.kind, picture, crop: anchor.crop, authorId: found.authorId });
  }
  const { manifest, hash } = await manifestOf(studio, run.config.freeForm.pack);
  const settings = {
    endpoint,
    generator,
    pack: { name: manifest.name, version: manifest.version, hash },
    purse: runPurse(studio, run, stageOf(edit)),
    pace: pacedBy(studio, endpoint, generator.model, generator.requestsPerMinute),
    signal,
  };
  return {
    choices: null,
    async draw(engine, draws) {
      const { asked, ...batch } = await drawFromEndpoint(
        engine,
        { ...edit, anchor, mask },
        settings,
        draws.map(({ index }) => index),
      );
      return { ...batch, guides, made: asked };
    },
    passed: countPassed(run, edit),
  };
}

async function maskFor(
  studio: Studio,
  edit: WorkRow,
  anchor: { sha256: string; image: RgbImage; crop: Crop },
  region: FoundRegion | null,
) {
  const drawn = await humanMaskOf(studio.db, edit);
  if (drawn) {
    const image = await humanMaskAtSize(studio, drawn, anchor);
    return { image, kind: "human" as const, authorId: drawn.authorId };
  }
  if (!region || region.origin === "whole-image") return null;
  const image = await onWholeAnchor(region.masks.contour, region.crop, anchor);
  return { image, kind: "contour" as const, authorId: region.authorId };
}

/** A mask of a part of the anchor, brought to the picture of the whole one; 0 outside of that part. */
async function onWholeAnchor(
  mask: MaskImage,
  [left, top, width, height]: Crop,
  anchor: { image: RgbImage; crop: Crop },
): Promise<MaskImage> {
  const [, , anchorWidth] = anchor.crop;
  const scale = anchor.image.width / anchorWidth;
  const size = { width: anchor.image.width, height: anchor.image.height };
  const at = { left: Math.round(left * scale), top: Math.round(top * scale) };
  const inner = {
    width: Math.max(1, Math.min(size.width - at.left, Math.round(width * scale))),
    height: Math.max(1, Math.min(size.height - at.top, Math.round(height * scale))),
  };
  const data = await sharp(mask.data, { raw: { width: mask.width, height: mask.height, channels: 1 } })
    .resize(inner.width, inner.height, { fit: "fill", kernel: "nearest" })
    .extend({
      ...at,
      right: size.width - inner.width - at.left,
      bottom: size.height - inner.height - at.top,
      background: "#000000",
    })
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  return { ...size, data: new Uint8Array(data) };
}
