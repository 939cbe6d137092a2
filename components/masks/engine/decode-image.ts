import type { RgbaImage } from "@/lib/domain/masks/flood-fill";
import { type ImageLevel, imageTileSize, mostImagePixels, overviewSize } from "./prepared-image";

/** Decodes a file, or throws a sentence. Runs in a worker. */
export async function decodeImage(file: Blob): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error("The file is not an image that the browser can show, or it is damaged.");
  });
  const { width, height } = bitmap;
  if (width * height <= mostImagePixels) return bitmap;
  bitmap.close();
  throw new Error(`The image has ${width} × ${height} pixels; the editor takes up to 8192 × 8192.`);
}

type Piece =
  | {
      kind: "overview";
      width: number;
      height: number;
      levels: ImageLevel[];
      level: number;
      bitmap: ImageBitmap;
    }
  | { kind: "tile"; level: number; index: number; bitmap: ImageBitmap };

/** The image small enough for a screen at once, then the tiles of all sharper levels, the coarsest first. */
export async function* cutTiles(image: ImageBitmap): AsyncGenerator<Piece> {
  const { width, height } = image;
  const levels = levelsOf(width, height);
  const level = levels.length - 1;
  const whole = { x: 0, y: 0, width, height };
  yield { kind: "overview", width, height, levels, level, bitmap: scaled(image, whole, levels[level]!) };
  for (let at = level - 1; at >= 0; at--) {
    const { columns, tiles, ...size } = levels[at]!;
    const by = 2 ** at;
    for (let index = 0; index < tiles.length; index++) {
      // Lets other requests in.
      await new Promise((next) => setTimeout(next));
      const x = (index % columns) * imageTileSize;
      const y = Math.floor(index / columns) * imageTileSize;
      const to = {
        width: Math.min(imageTileSize, size.width - x),
        height: Math.min(imageTileSize, size.height - y),
      };
      const from = {
        x: x * by,
        y: y * by,
        width: Math.min(width - x * by, to.width * by),
        height: Math.min(height - y * by, to.height * by),
      };
      yield { kind: "tile", level: at, index, bitmap: scaled(image, from, to) };
    }
  }
}

/** The colours of a file, for the magic wand. */
export async function readColours(file: Blob): Promise<RgbaImage> {
  const bitmap = await decodeImage(file);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

function levelsOf(imageWidth: number, imageHeight: number): ImageLevel[] {
  const levels: ImageLevel[] = [];
  for (let width = imageWidth, height = imageHeight; ; ) {
    const columns = Math.ceil(width / imageTileSize);
    const tiles = new Array<ImageBitmap | null>(columns * Math.ceil(height / imageTileSize)).fill(null);
    levels.push({ width, height, columns, tiles });
    if (Math.max(width, height) <= overviewSize) return levels;
    [width, height] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  }
}

function scaled(
  image: ImageBitmap,
  from: { x: number; y: number; width: number; height: number },
  to: { width: number; height: number },
): ImageBitmap {
  const canvas = new OffscreenCanvas(to.width, to.height);
  // In main memory: a large image's tiles would fill a graphics card's.
  // Without alpha, since it is drawn several times as fast; what is transparent lies on white.
  const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false })!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, to.width, to.height);
  context.imageSmoothingQuality = "medium";
  context.drawImage(image, from.x, from.y, from.width, from.height, 0, 0, to.width, to.height);
  return canvas.transferToImageBitmap();
}
