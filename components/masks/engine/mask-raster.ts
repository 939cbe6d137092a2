import type { MaskLevels } from "./mask-levels";
import { levelFor } from "./viewport";

/** How one mask is to be seen. */
export interface MaskLook {
  readonly levels: MaskLevels;
  /** Canvas pixel (little-endian RGBA, not premultiplied) of each level 0..255. */
  readonly palette: Uint32Array;
  /** Colour of the edge as a canvas pixel; null draws none. */
  readonly edge: number | null;
  /** Dashes instead of a line. */
  readonly marching: boolean;
}

/** Device pixels to draw, and how they lie on the image: image x is at device column `originX + x · scale`. */
export interface RasterRegion {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly originX: number;
  readonly originY: number;
  /** Device pixels for one image pixel. */
  readonly scale: number;
  /** Width of an edge, device pixels. */
  readonly line: number;
  /** How far dashes have marched, device pixels. */
  readonly march: number;
}

/** The dark side of an edge: seen on light images, as the coloured side is on dark ones. */
const shade = (150 << 24) >>> 0;

/**
 * Draws masks into pixels, one over the other. A device pixel shows the mask's pixel under its centre, taken from the
 * level whose pixels are about as large: cost goes by the pixels drawn, whatever the image's size, and at high zoom the
 * mask's own pixels are seen. An edge is drawn along device pixels: coloured inside, dark outside.
 * @param out `region.width · region.height` canvas pixels; all are written
 */
export function rasteriseMasks(out: Uint32Array, region: RasterRegion, masks: readonly MaskLook[]): void {
  out.fill(0, 0, region.width * region.height);
  masks.forEach((mask, i) => {
    drawMask(out, region, mask, i === 0);
  });
}

let insideBuffer = new Uint8Array(0);

function drawMask(out: Uint32Array, region: RasterRegion, look: MaskLook, first: boolean): void {
  const { levels, palette, edge } = look;
  const { width, height, scale } = region;
  const level = levelFor(scale, 1, levels.levels.length);
  const size = levels.levels[level]!;
  // Neighbours decide on edges: a margin around the region is looked at as well.
  const margin = edge === null ? 0 : region.line;
  const by = scale * 2 ** level;
  const columns = sourcePixels(region.left - margin, width + 2 * margin, region.originX, by, size.width);
  const rows = sourcePixels(region.top - margin, height + 2 * margin, region.originY, by, size.height);
  const box = { x: columns.first, y: rows.first, width: columns.count, height: rows.count };
  if (box.width <= 0 || box.height <= 0) return;
  const data = levels.read(level, box);
  const stride = width + 2 * margin;
  const wanted = stride * (height + 2 * margin);
  if (edge !== null) {
    if (insideBuffer.length < wanted) insideBuffer = new Uint8Array(wanted);
    insideBuffer.fill(0, 0, wanted);
  }
  const inside = insideBuffer;

  for (let y = rows.from; y < rows.to; y++) {
    const source = rows.of[y]! * size.width;
    const target = (y - margin) * width - margin;
    const drawn = y >= margin && y < margin + height;
    if (edge !== null) {
      const row = y * stride;
      for (let x = columns.from; x < columns.to; x++) inside[row + x] = data[source + columns.of[x]!]! >> 7;
    }
    if (!drawn) continue;
    const from = Math.max(columns.from, margin);
    const to = Math.min(columns.to, margin + width);
    if (first) for (let x = from; x < to; x++) out[target + x] = palette[data[source + columns.of[x]!]!]!;
    else {
      for (let x = from; x < to; x++) {
        const over = palette[data[source + columns.of[x]!]!]!;
        if (over >>> 24 !== 0) out[target + x] = blend(out[target + x]!, over);
      }
    }
  }
  if (edge !== null) drawEdges(out, region, inside, stride, look, edge);
}

function drawEdges(
  out: Uint32Array,
  region: RasterRegion,
  inside: Uint8Array,
  stride: number,
  look: MaskLook,
  edge: number,
): void {
  const { width, height, line, left, top, march } = region;
  const dash = 4 * line;
  const far = line * stride;
  const wide = line > 1;
  for (let y = 0; y < height; y++) {
    let at = (y + line) * stride + line;
    for (let to = y * width, x = 0; x < width; x++, at++, to++) {
      const here = inside[at]!;
      if (
        here === inside[at + 1] &&
        here === inside[at - 1] &&
        here === inside[at + stride] &&
        here === inside[at - stride] &&
        (!wide ||
          (here === inside[at + line] &&
            here === inside[at - line] &&
            here === inside[at + far] &&
            here === inside[at - far]))
      ) {
        continue;
      }
      if (look.marching) {
        const phase = (left + x + top + y + march) % (2 * dash);
        out[to] = phase < dash ? edge : 0xff000000;
      } else out[to] = here ? edge : blend(out[to]!, shade);
    }
  }
}

interface SourcePixels {
  /** Level pixel of each device pixel; meaningful from `from` to `to`. */
  of: Int32Array;
  from: number;
  to: number;
  /** First level pixel, and how many. */
  first: number;
  count: number;
}

/** For a row of device pixels, the level's pixels under their centres. */
function sourcePixels(start: number, count: number, origin: number, by: number, size: number): SourcePixels {
  const of = new Int32Array(count);
  let from = count;
  let to = 0;
  for (let i = 0; i < count; i++) {
    const at = Math.floor((start + i + 0.5 - origin) / by);
    if (at < 0 || at >= size) continue;
    of[i] = at;
    if (i < from) from = i;
    to = i + 1;
  }
  if (from >= to) return { of, from, to: from, first: 0, count: 0 };
  return { of, from, to, first: of[from]!, count: of[to - 1]! - of[from]! + 1 };
}

/** Source over, colours not premultiplied. */
function blend(under: number, over: number): number {
  const alpha = over >>> 24;
  const below = under >>> 24;
  if (alpha === 255 || below === 0) return over;
  const rest = (below * (255 - alpha)) / 255;
  const sum = alpha + rest;
  const mix = (shift: number) =>
    Math.round((((over >>> shift) & 255) * alpha + ((under >>> shift) & 255) * rest) / sum);
  return ((Math.round(sum) << 24) | (mix(16) << 16) | (mix(8) << 8) | mix(0)) >>> 0;
}
