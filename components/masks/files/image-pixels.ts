export interface ImagePixels {
  width: number;
  height: number;
  channels: 4;
  /** RGBA. */
  pixels: Uint8Array;
}

/** Larger files are refused before their pixels are unpacked: they fit no image of the studio. */
const mostPixels = 2 ** 28;
/** Rows are read in strips: a canvas of a whole large image would take four times its pixels once more. */
const stripRows = 512;

/** The pixels of an image file as they stand in it, without colour conversion. Meant for a worker. */
export async function readImagePixels(file: Blob): Promise<ImagePixels> {
  const bitmap = await createImageBitmap(file, {
    colorSpaceConversion: "none",
    premultiplyAlpha: "none",
  });
  const { width, height } = bitmap;
  try {
    if (width * height > mostPixels)
      throw new Error(`It is ${width}×${height} pixels: too large for a mask.`);
    const pixels = new Uint8Array(width * height * 4);
    const canvas = new OffscreenCanvas(width, Math.min(stripRows, height));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("This browser could not make a canvas for it.");
    for (let top = 0; top < height; top += stripRows) {
      context.clearRect(0, 0, width, stripRows);
      context.drawImage(bitmap, 0, -top);
      const rows = Math.min(stripRows, height - top);
      pixels.set(context.getImageData(0, 0, width, rows).data, top * width * 4);
    }
    return { width, height, channels: 4, pixels };
  } finally {
    bitmap.close();
  }
}
