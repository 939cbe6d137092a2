/** What an image may be to come in. Everything is checked before a pixel is decoded. */
export type ImageLimits = {
  /** Longest allowed side, pixels. */
  maxSide: number;
  /** Shortest allowed side, pixels. */
  minSide: number;
  /** Width × height, pixels. */
  maxPixels: number;
  /** Size of the file, bytes. */
  maxBytes: number;
};

export const DEFAULT_IMAGE_LIMITS: ImageLimits = {
  maxSide: 16_384,
  minSide: 16,
  maxPixels: 100_000_000,
  maxBytes: 64 * 1024 * 1024,
};
