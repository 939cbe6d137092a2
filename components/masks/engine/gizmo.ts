import type { PixelBox } from "@/lib/domain/image";
import type { Point } from "./viewport";

/** What a tool shows over the image while it works, in image pixels. */
export type Gizmo =
  | { kind: "path"; points: readonly Point[]; closed: boolean }
  | { kind: "box"; box: PixelBox }
  | { kind: "ellipse"; box: PixelBox }
  /** A corner that can be clicked. */
  | { kind: "handle"; at: Point }
  | { kind: "click"; at: Point; positive: boolean };
