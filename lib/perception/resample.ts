import type { Preprocessing } from "@/lib/packs/manifest";

/** Values of one picture plane, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export type ResampleMethod = Pick<Preprocessing, "interpolation" | "antialias">;

/** For each output position: the first input position and the weights from there on. */
type Taps = readonly { readonly first: number; readonly weights: readonly number[] }[];

/**
 * Resizes a plane. With `antialias` as PIL and torch `interpolate(antialias=True)` do, without as torch
 * `interpolate(align_corners=False)` does; values are neither rounded nor cut.
 */
export function resamplePlane(plane: Plane, width: number, height: number, method: ResampleMethod): Plane {
  if (plane.width === width && plane.height === height) return plane;
  const across = taps(plane.width, width, method);
  const down = taps(plane.height, height, method);
  const narrow = new Float32Array(width * plane.height);
  for (let y = 0; y < plane.height; y++) {
    const row = y * plane.width;
    for (let x = 0; x < width; x++) {
      const { first, weights } = across[x]!;
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * plane.data[row + first + k]!;
      narrow[y * width + x] = sum;
    }
  }
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const { first, weights } = down[y]!;
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k]!;
      const row = (first + k) * width;
      for (let x = 0; x < width; x++) data[y * width + x]! += weight * narrow[row + x]!;
    }
  }
  return { width, height, data };
}

function taps(from: number, to: number, { interpolation, antialias }: ResampleMethod): Taps {
  const scale = from / to;
  return Array.from({ length: to }, (_, i) => {
    if (interpolation === "nearest") {
      // Torch computes this in single precision.
      const at = Math.floor(Math.fround(i * Math.fround(scale)));
      return { first: Math.min(at, from - 1), weights: [1] };
    }
    return antialias
      ? antialiasedTap(i, from, scale, interpolation)
      : plainTap((i + 0.5) * scale - 0.5, from, interpolation);
  });
}

function antialiasedTap(i: number, from: number, scale: number, interpolation: "bilinear" | "bicubic") {
  const stretch = Math.max(scale, 1);
  const support = (interpolation === "bilinear" ? 1 : 2) * stretch;
  const centre = (i + 0.5) * scale;
  const first = Math.max(Math.trunc(centre - support + 0.5), 0);
  const end = Math.min(Math.trunc(centre + support + 0.5), from);
  const kernel = interpolation === "bilinear" ? triangle : (distance: number) => cubic(distance, -0.5);
  const raw = Array.from({ length: end - first }, (_, k) => kernel((first + k - centre + 0.5) / stretch));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return { first, weights: raw.map((weight) => weight / total) };
}

function plainTap(position: number, from: number, interpolation: "bilinear" | "bicubic") {
  const reach = interpolation === "bilinear" ? 1 : 2;
  const at = interpolation === "bilinear" ? Math.max(position, 0) : position;
  const base = Math.floor(at);
  const kernel = interpolation === "bilinear" ? triangle : (distance: number) => cubic(distance, -0.75);
  const clamp = (index: number) => Math.min(Math.max(index, 0), from - 1);
  const first = clamp(base - reach + 1);
  const weights = new Array<number>(clamp(base + reach) - first + 1).fill(0);
  for (let index = base - reach + 1; index <= base + reach; index++) {
    weights[clamp(index) - first]! += kernel(at - index);
  }
  return { first, weights };
}

function triangle(distance: number): number {
  return Math.max(0, 1 - Math.abs(distance));
}

/** Keys' cubic convolution kernel. */
function cubic(distance: number, a: number): number {
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}
