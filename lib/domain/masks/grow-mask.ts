import type { MaskImage } from "../image";
import { invertMask, maskLevels } from "./combine-masks";
import { growSoft } from "./grow-soft-mask";
import { boxInImage, contentBox, copyMask, cropMask, emptyMask, pastePatch } from "./mask-region";

/** Above so many levels, sliding maxima beat growing level by level. */
const manyLevels = 8;

/**
 * Grows a mask by a disc: a pixel becomes as light as the lightest within `radius` pixels (Euclidean, between pixel
 * centres, border included). A hard mask takes time linear in its pixels, whatever the radius.
 * @param radius in pixels, any number above 0
 */
export function growMask(mask: MaskImage, radius: number): MaskImage {
  const content = radius > 0 ? contentBox(mask) : null;
  if (!content) return copyMask(mask);
  const box = boxInImage(content, mask, Math.ceil(radius))!;
  const part = cropMask(mask, box);
  const levels = maskLevels(part);
  if (levels.length <= manyLevels) {
    const data = new Uint8Array(part.data.length);
    for (const level of levels) growLevel(part, level, radius, data);
    part.data.set(data);
  } else {
    growSoft(part, radius);
  }
  const out = emptyMask(mask.width, mask.height);
  pastePatch(out, { box, data: part.data });
  return out;
}

/**
 * Shrinks a mask by a disc: a pixel becomes as dark as the darkest within `radius` pixels. What lies outside the image
 * does not count, so a mask at the image's edge stays there.
 */
export function shrinkMask(mask: MaskImage, radius: number): MaskImage {
  const content = radius > 0 ? contentBox(mask) : null;
  if (!content) return copyMask(mask);
  // The nearest 0 outside the content lies straight across its edge: one pixel of margin is enough.
  const box = boxInImage(content, mask, 1)!;
  const part = invertMask(growMask(invertMask(cropMask(mask, box)), radius));
  const out = emptyMask(mask.width, mask.height);
  pastePatch(out, { box, data: part.data });
  return out;
}

/**
 * Raises `out` to `level` within the radius of every pixel of at least that level. Distances down the columns first,
 * then along each row a pixel at distance g below or above covers ±√(r² − g²): the two scans of the exact Euclidean
 * distance transform (Meijster, Roerdink & Hesselink 2000), with intervals in place of parabolas since only the
 * comparison with the radius is needed.
 */
function growLevel({ width, height, data }: MaskImage, level: number, radius: number, out: Uint8Array): void {
  const cap = Math.floor(radius) + 1;
  const Distances = cap < 256 ? Uint8Array : Uint16Array;
  const distance = new Distances(width * height);
  const reach = new Int32Array(cap + 1);
  for (let g = 0; g < cap; g++) reach[g] = Math.floor(Math.sqrt(radius * radius - g * g));
  // Never reaches even its own pixel.
  reach[cap] = -1;

  for (let x = 0; x < width; x++) distance[x] = data[x]! >= level ? 0 : cap;
  for (let y = 1, i = width; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const above = distance[i - width]!;
      distance[i] = data[i]! >= level ? 0 : above < cap ? above + 1 : cap;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    const row = y * width;
    if (y < height - 1) {
      for (let i = row; i < row + width; i++) {
        const below = distance[i + width]! + 1;
        if (below < distance[i]!) distance[i] = below;
      }
    }
    // One past the last column that the pixels so far reach, and the same from the right.
    let end = 0;
    for (let x = 0; x < width; x++) {
      const to = x + reach[distance[row + x]!]! + 1;
      if (to > end) end = to;
      if (end > x) out[row + x] = level;
    }
    let start = width;
    for (let x = width - 1; x >= 0; x--) {
      const from = x - reach[distance[row + x]!]!;
      if (from < start) start = from;
      if (start <= x) out[row + x] = level;
    }
  }
}
