import type { Size } from "./viewport";

/** Teal: rare in photographs, and seen by everybody with the usual kinds of colour blindness. */
const tint = [0, 200, 180] as const;
/** Opacity where the mask is fully on. */
const strength = 0.5;

/** The mask as a tinted layer at the size of the image that it lies on; soft edges stay soft. */
export function maskOverlay(mask: HTMLImageElement, { width, height }: Size): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.drawImage(mask, 0, 0, width, height);
  const pixels = context.getImageData(0, 0, width, height);
  for (let i = 0; i < pixels.data.length; i += 4) {
    const level = pixels.data[i]!;
    pixels.data.set(tint, i);
    pixels.data[i + 3] = Math.round(level * strength);
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}
