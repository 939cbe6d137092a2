import { UserError } from "../errors";
import type { MaskImage } from "../image";
import { type CocoRle, maskToCompressedRle, maskToRle, rleArea, rleBox, rleToMask } from "./coco-rle";
import { unionMasks } from "./mask-shapes";
import { type Point, type Ring, rasterisePolygon } from "./rasterise-polygon";
import { maskToPolygons } from "./simplify-polygons";

export type JsonFormat = "coco" | "coco-compressed" | "polygon";
export type Segmentation = { size: [number, number]; counts: number[] | string } | number[][];

export interface CocoMask {
  segmentation: Segmentation;
  area: number;
  bbox: [x: number, y: number, width: number, height: number];
}

export const softnessNote =
  "COCO run lengths and polygons are hard: levels above 127 become the mask, the rest is left out. PNG keeps softness.";
export const holesNote =
  "COCO polygons cannot have holes, so a hole is joined to its outline by a cut of no width; RLE and PNG are exact.";

/** A mask as COCO writes it. */
export function cocoMask(mask: MaskImage, format: JsonFormat): CocoMask {
  const rle = maskToCompressedRle(mask);
  const { x, y, width, height } = rleBox(rle);
  return {
    segmentation: format === "polygon" ? polygonsOf(mask) : format === "coco" ? maskToRle(mask) : rle,
    area: rleArea(rle),
    bbox: [x, y, width, height],
  };
}

function polygonsOf(mask: MaskImage): number[][] {
  return maskToPolygons(mask).map(({ outer, holes }) =>
    holes.reduce<Ring>(withHole, outer).flatMap(({ x, y }) => [x, y]),
  );
}

/** One ring that walks the outline, crosses to the hole, walks it and comes back the same way. */
function withHole(outline: Ring, hole: Ring): Ring {
  let best = { distance: Number.POSITIVE_INFINITY, from: 0, to: 0 };
  outline.forEach((a, from) => {
    hole.forEach((b, to) => {
      const distance = (a.x - b.x) ** 2 + (a.y - b.y) ** 2;
      if (distance < best.distance) best = { distance, from, to };
    });
  });
  const turned = [...hole.slice(best.to), ...hole.slice(0, best.to + 1)];
  return [...outline.slice(0, best.from + 1), ...turned, ...outline.slice(best.from)];
}

/**
 * The mask of a COCO segmentation for an image of the given size.
 * @throws UserError for a wrong size, broken counts, or a polygon that leaves the image
 */
export function maskOfSegmentation(
  segmentation: CocoRle | readonly (readonly number[])[],
  image: { width: number; height: number },
  subject: string,
): MaskImage {
  if ("counts" in segmentation) {
    const [height, width] = segmentation.size;
    if (width !== image.width || height !== image.height) {
      throw new UserError(
        "bad-input",
        `${subject}: the mask is ${width}×${height} pixels, its image ${image.width}×${image.height}.`,
        subject,
      );
    }
    return rleToMask(segmentation, subject);
  }
  if (segmentation.length === 0)
    throw new UserError("bad-input", `${subject}: there are no polygons.`, subject);
  const masks = segmentation.map((numbers) =>
    rasterisePolygon(image.width, image.height, [ringOf(numbers, image, subject)], "even-odd"),
  );
  return masks.length === 1 ? masks[0]! : unionMasks(masks);
}

function ringOf(
  numbers: readonly number[],
  { width, height }: { width: number; height: number },
  subject: string,
): Ring {
  if (numbers.length < 6 || numbers.length % 2 === 1) {
    throw new UserError(
      "bad-input",
      `${subject}: a polygon needs x and y of at least three corners.`,
      subject,
    );
  }
  const ring: Point[] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    const [x, y] = [numbers[i]!, numbers[i + 1]!];
    if (x < 0 || y < 0 || x > width || y > height) {
      throw new UserError(
        "bad-input",
        `${subject}: the polygon's corner (${x}, ${y}) lies outside of the image, which is ${width}×${height} pixels.`,
        subject,
      );
    }
    ring.push({ x, y });
  }
  return ring;
}
