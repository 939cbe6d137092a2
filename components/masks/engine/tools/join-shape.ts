import type { MaskImage, PixelBox } from "@/lib/domain/image";
import { clipBox } from "../boxes";
import type { Point } from "../viewport";
import { modeOf, type ToolHost, type ToolPointer } from "./tool";

/**
 * Rasterises a shape in the part of the image that it lies in, and joins it with the mask.
 * @param rasterise draws on `width` × `height` pixels whose corner is the image's (dx, dy)
 */
export function joinShape(
  host: ToolHost,
  at: ToolPointer,
  label: string,
  bounds: PixelBox,
  rasterise: (width: number, height: number, dx: number, dy: number) => MaskImage,
): void {
  const box = clipBox(bounds, host.document.width, host.document.height);
  if (!box) return;
  const { data } = rasterise(box.width, box.height, box.x, box.y);
  host.join({ box, data }, modeOf(host.combine, at), label);
}

/** The box around points. */
export function boundsOf(points: readonly Point[]): PixelBox {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
