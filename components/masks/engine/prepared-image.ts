import type { WandOptions } from "@/lib/domain/masks/flood-fill";
import type { MaskPatch } from "@/lib/domain/masks/mask-region";

/** A decoded image, cut into tiles at several sizes: what the editor draws. Made by `prepareImage`. */
export interface PreparedImage {
  readonly width: number;
  readonly height: number;
  /** Level 0 is the image, each next one half as wide and high. */
  readonly levels: readonly ImageLevel[];
  /** The smallest level that is complete from the beginning: stands in for tiles that are not ready. */
  readonly overview: { readonly level: number; readonly bitmap: ImageBitmap };
  /** Tiles come in the background; called after each. Returns how to stop. */
  onTile(listener: () => void): () => void;
  /** Every tile is there. */
  readonly complete: Promise<void>;
  /** Magic wand on the image's colours, off the main thread; null if nothing is selected. */
  select(x: number, y: number, options: WandOptions): Promise<MaskPatch | null>;
  /** Frees the tiles. Only once no editor shows the image. */
  close(): void;
}

/** One size of an image, in tiles. */
export interface ImageLevel {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  /** By row and column, squares of `imageTileSize`; null until ready. */
  readonly tiles: (ImageBitmap | null)[];
}

/** Pixels of an image tile's side. */
export const imageTileSize = 1024;
/** The overview's longer side is at most this: a screen's worth. */
export const overviewSize = 1536;
/** The largest images the editor takes: 8192 × 8192 or as many pixels in another shape. */
export const mostImagePixels = 8192 * 8192;
