/** An 8-bit RGB picture: rows from the top, pixels interleaved, `data.length = 3 · width · height`. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** An 8-bit mask in the pixels of its image: 255 = may change, 0 = must not, between = softly. */
export interface MaskImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A box in pixels; `x`, `y` is the top-left corner. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A click in pixels; `positive` asks for what is under it, otherwise it is to be left out. */
export interface PixelPoint {
  readonly x: number;
  readonly y: number;
  readonly positive: boolean;
}
