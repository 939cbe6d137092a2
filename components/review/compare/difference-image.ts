/** Absolute differences are small where an edit is faithful: shown four times as strong. */
const gain = 4;

/** A canvas with the absolute difference of two images, each channel amplified and clipped; black is equal. */
export function differenceImage(before: HTMLImageElement, after: HTMLImageElement): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = before.naturalWidth;
  canvas.height = before.naturalHeight;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const first = pixelsOf(context, before);
  const second = pixelsOf(context, after);
  for (let i = 0; i < first.data.length; i++) {
    first.data[i] = i % 4 === 3 ? 255 : gain * Math.abs(first.data[i]! - second.data[i]!);
  }
  context.putImageData(first, 0, 0);
  return canvas;
}

function pixelsOf(context: CanvasRenderingContext2D, image: HTMLImageElement): ImageData {
  const { width, height } = context.canvas;
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
