import type { PixelBox } from "@/lib/domain/image";
import type { Gizmo } from "../gizmo";
import type { Point } from "../viewport";
import type { Tool, ToolHost, ToolPointer } from "./tool";

/** Less than so many CSS pixels of a drag are a click. */
const smallestDrag = 3;

interface DragBox {
  shape: "box" | "ellipse";
  /** A box has been dragged out. */
  done(box: PixelBox, at: ToolPointer): void;
  /** A click instead. */
  clicked?(at: ToolPointer): void;
}

/** A box from corner to corner; Shift makes it square. */
export function createDragBox(host: ToolHost, { shape, done, clicked }: DragBox): Tool {
  let from: Point | null = null;
  let box: PixelBox | null = null;
  const stretch = (at: ToolPointer) => {
    let [width, height] = [at.x - from!.x, at.y - from!.y];
    if (at.shift) {
      const side = Math.max(Math.abs(width), Math.abs(height));
      [width, height] = [Math.sign(width || 1) * side, Math.sign(height || 1) * side];
    }
    box = {
      x: Math.min(from!.x, from!.x + width),
      y: Math.min(from!.y, from!.y + height),
      width: Math.abs(width),
      height: Math.abs(height),
    };
  };
  const drop = () => {
    const had = from !== null;
    from = box = null;
    if (had) host.redraw();
    return had;
  };
  return {
    down(at) {
      from = { x: at.x, y: at.y };
      box = null;
    },
    move(points) {
      const last = points.at(-1);
      if (!from || !last) return;
      stretch(last);
      host.redraw();
    },
    up(at) {
      if (!from) return;
      stretch(at);
      const dragged = box!;
      drop();
      if (Math.max(dragged.width, dragged.height) * host.scale() >= smallestDrag) done(dragged, at);
      else clicked?.(at);
    },
    cancel: drop,
    gizmos(): readonly Gizmo[] {
      return box ? [{ kind: shape, box }] : [];
    },
  };
}
