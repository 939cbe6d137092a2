import type { MaskImage, PixelBox } from "../image";
import { boxInImage, copyMask } from "./mask-region";

/** An 8-bit RGBA picture as a canvas gives it. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

export interface WandOptions {
  /** Largest difference in any of red, green, blue and alpha, in [0,255]. */
  readonly tolerance: number;
  /** Only what is connected to the clicked pixel (along edges); otherwise everywhere in the picture. */
  readonly contiguous: boolean;
  /** Side of the square around the click whose mean colour is compared: 1 (default), 3 or 5. */
  readonly sample?: number;
}

/** Magic wand: the pixels like the one at (x, y), 255 on 0. A click outside the picture selects nothing. */
export function magicWand(image: RgbaImage, x: number, y: number, options: WandOptions): MaskImage {
  const alike = similarPixels(image, x, y, options);
  return options.contiguous ? connectedTo(alike, x, y) : alike;
}

function similarPixels(image: RgbaImage, x: number, y: number, options: WandOptions): MaskImage {
  const { width, height, data } = image;
  const out = new Uint8Array(width * height);
  const half = Math.floor((options.sample ?? 1) / 2);
  const around = boxInImage({ x: x - half, y: y - half, width: 2 * half + 1, height: 2 * half + 1 }, image);
  if (!inside(image, x, y) || !around) return { width, height, data: out };
  const colour = meanColour(image, around);
  const low = colour.map((value) => Math.max(0, Math.ceil(value - options.tolerance)));
  const high = colour.map((value) => Math.min(255, Math.floor(value + options.tolerance)));
  const [r0, g0, b0, a0] = low as [number, number, number, number];
  const [r1, g1, b1, a1] = high as [number, number, number, number];
  for (let i = 0, at = 0; i < out.length; i++, at += 4) {
    const [r, g, b, a] = [data[at]!, data[at + 1]!, data[at + 2]!, data[at + 3]!];
    if (r >= r0 && r <= r1 && g >= g0 && g <= g1 && b >= b0 && b <= b1 && a >= a0 && a <= a1) out[i] = 255;
  }
  return { width, height, data: out };
}

function meanColour(image: RgbaImage, box: PixelBox): number[] {
  const sums = [0, 0, 0, 0];
  for (let v = box.y; v < box.y + box.height; v++) {
    for (let u = box.x; u < box.x + box.width; u++) {
      for (let c = 0; c < 4; c++) sums[c] = sums[c]! + image.data[4 * (v * image.width + u) + c]!;
    }
  }
  return sums.map((sum) => sum / (box.width * box.height));
}

/** What is on the same side of 127 as the pixel at (x, y) and connected to it along edges, 255 on 0. */
export function connectedTo(mask: MaskImage, x: number, y: number): MaskImage {
  const out = new Uint8Array(mask.data.length);
  if (inside(mask, x, y)) fillConnected(mask, Math.floor(x), Math.floor(y), out, 255);
  return { width: mask.width, height: mask.height, data: out };
}

/** Paint bucket on a mask: the connected area under (x, y), on one side of 127, gets `level`. */
export function bucketFill(mask: MaskImage, x: number, y: number, level: number): MaskImage {
  const out = copyMask(mask);
  if (!inside(mask, x, y)) return out;
  const area = connectedTo(mask, x, y).data;
  for (let i = 0; i < area.length; i++) if (area[i]) out.data[i] = level;
  return out;
}

function inside(size: { readonly width: number; readonly height: number }, x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x < size.width && y < size.height;
}

/** Scanline flood fill: whole runs at a time; `out` must be 0 where nothing is filled yet. */
function fillConnected(mask: MaskImage, x: number, y: number, out: Uint8Array, level: number): void {
  const { width, height, data } = mask;
  const light = data[y * width + x]! > 127;
  const open = (i: number) => data[i]! > 127 === light && out[i] === 0;
  const stack = [y * width + x];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (!open(at)) continue;
    const row = at - (at % width);
    let from = at;
    while (from > row && open(from - 1)) from--;
    let to = at + 1;
    while (to < row + width && open(to)) to++;
    out.fill(level, from, to);
    for (const shift of [-width, width]) {
      if (from + shift < 0 || from + shift >= width * height) continue;
      // One seed for every run of open pixels beside this one.
      for (let i = from + shift; i < to + shift; i++) {
        if (open(i) && (i === from + shift || !open(i - 1))) stack.push(i);
      }
    }
  }
}
