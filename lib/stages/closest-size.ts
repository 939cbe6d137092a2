/** [height, width] in pixels. */
export type Size = readonly [height: number, width: number];

/**
 * The size whose aspect ratio is closest to the image's (by the logarithm of the ratio, so that 2:1 and 1:2 are
 * equally far from a square); of equally close ones the earliest in the pack's list, which is its default.
 */
export function closestSize<S extends Size>(
  image: { readonly width: number; readonly height: number },
  sizes: readonly S[],
): S {
  const distance = ([height, width]: Size) =>
    Math.abs(Math.log((image.width * height) / (image.height * width)));
  let best = sizes[0];
  if (!best) throw new RangeError("A generator has at least one size.");
  for (const size of sizes) if (distance(size) < distance(best) - 1e-9) best = size;
  return best;
}
