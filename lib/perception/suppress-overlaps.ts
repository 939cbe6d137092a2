import type { PixelBox } from "@/lib/domain/image";
import type { Detection } from "./types";

/** Non-maximum suppression per query: of boxes that overlap by more than `iou` the best stays. Best first. */
export function suppressOverlaps(detections: readonly Detection[], iou: number): Detection[] {
  const kept: Detection[] = [];
  for (const detection of [...detections].sort((a, b) => b.score - a.score)) {
    const hidden = kept.some(
      (other) => other.query === detection.query && boxIou(other.box, detection.box) > iou,
    );
    if (!hidden) kept.push(detection);
  }
  return kept;
}

/** Intersection over union of two boxes, in [0,1]. */
export function boxIou(a: PixelBox, b: PixelBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
