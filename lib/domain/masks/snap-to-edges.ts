import type { MaskImage } from "../image";
import { thresholdMask } from "./combine-masks";
import type { RgbaImage } from "./flood-fill";
import { growMask, shrinkMask } from "./grow-mask";
import { gradientMagnitude } from "./image-gradient";
import { boxInImage, contentBox, cropMask, emptyMask, pastePatch } from "./mask-region";

/**
 * Moves a mask's contour to the strongest edges of the picture nearby: marker-controlled watershed (Meyer 1994; Beucher
 * & Meyer 1993). What lies deeper than `reach` inside the mask floods outwards, what lies farther than `reach` outside
 * floods inwards, over the gradient from low to high, and they meet on its ridges. The contour as drawn counts as a low
 * ridge, so it stays where the picture has no edge. The result is hard; of pieces thinner than twice the reach the core
 * stays.
 * @param image of the mask's size
 * @param reach in pixels: how far the contour may move
 */
export function snapToEdges(mask: MaskImage, image: RgbaImage, reach: number): MaskImage {
  const hard = thresholdMask(mask);
  const content = reach >= 1 ? contentBox(hard) : null;
  if (!content) return hard;
  const box = boxInImage(content, mask, Math.ceil(reach) + 1)!;
  const part = cropMask(hard, box);
  const inner = innerMarker(part, reach);
  const outer = growMask(part, reach);
  const labels = new Uint8Array(part.data.length);
  for (let i = 0; i < labels.length; i++) labels[i] = inner.data[i] ? inside : outer.data[i] ? open : outside;
  const relief = gradientMagnitude(image, box);
  raiseContour(relief, part);
  flood(labels, relief, box.width, box.height);
  const data = labels.map((label) => (label === inside ? 255 : 0));
  const out = emptyMask(mask.width, mask.height);
  pastePatch(out, { box, data });
  return out;
}

const open = 0;
const inside = 1;
const outside = 2;
/** Waiting in the queue; added to the label it will get. */
const queued = 4;

/** Gradient that the drawn contour counts as: above a photograph's grain, below a visible edge. */
const contourRidge = 10;

/** Raises the pixels on both sides of the contour. */
function raiseContour(relief: Uint8Array, { width, height, data }: MaskImage): void {
  const raise = (i: number, j: number) => {
    if (data[i] === data[j]) return;
    relief[i] = Math.max(relief[i]!, contourRidge);
    relief[j] = Math.max(relief[j]!, contourRidge);
  };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (x > 0) raise(i, i - 1);
      if (y > 0) raise(i, i - width);
    }
  }
}

/** The mask shrunk; a piece that would vanish keeps what a smaller shrinking leaves of it. */
function innerMarker(part: MaskImage, reach: number): MaskImage {
  const inner = shrinkMask(part, reach);
  for (let smaller = reach / 2; smaller >= 0.5; smaller /= 2) {
    // What the core found so far cannot grow back to is a piece without one.
    const covered = growMask(inner, 2 * reach).data;
    const core = shrinkMask(part, smaller).data;
    let missing = false;
    for (let i = 0; i < core.length; i++) {
      if (!part.data[i] || covered[i]) continue;
      missing = true;
      if (core[i]) inner.data[i] = 255;
    }
    if (!missing) break;
  }
  return inner;
}

/** Floods from the labelled pixels in the order of `height`, first come first served among equals (4-connected). */
function flood(labels: Uint8Array, relief: Uint8Array, width: number, height: number): void {
  const queue = bucketQueue(labels.length);
  const offer = (i: number, label: number, level: number) => {
    if (labels[i] !== open) return;
    labels[i] = label | queued;
    // Water never sinks: a basin behind a pass is flooded at the level of the pass.
    queue.push(i, Math.max(level, relief[i]!));
  };
  const spread = (i: number, label: number, level: number) => {
    const x = i % width;
    if (x > 0) offer(i - 1, label, level);
    if (x < width - 1) offer(i + 1, label, level);
    if (i >= width) offer(i - width, label, level);
    if (i < (height - 1) * width) offer(i + width, label, level);
  };
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label === inside || label === outside) spread(i, label, 0);
  }
  for (let next = queue.pop(); next; next = queue.pop()) {
    const label = labels[next.item]! & ~queued;
    labels[next.item] = label;
    spread(next.item, label, next.level);
  }
}

/** A priority queue of pixels with 256 levels, first in first out within a level; a popped level never sinks. */
function bucketQueue(capacity: number) {
  const following = new Int32Array(capacity).fill(-1);
  const heads = new Int32Array(256).fill(-1);
  const tails = new Int32Array(256).fill(-1);
  let level = 0;
  return {
    push(item: number, at: number): void {
      if (heads[at]! < 0) heads[at] = item;
      else following[tails[at]!] = item;
      tails[at] = item;
      if (at < level) level = at;
    },
    pop(): { item: number; level: number } | null {
      while (level < 256 && heads[level]! < 0) level++;
      if (level === 256) return null;
      const item = heads[level]!;
      heads[level] = following[item]!;
      return { item, level };
    },
  };
}
