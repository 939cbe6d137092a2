import { rasterisePolygon } from "@/lib/domain/masks/rasterise-polygon";
import type { Gizmo } from "../gizmo";
import type { Point } from "../viewport";
import { boundsOf, joinShape } from "./join-shape";
import type { Tool, ToolDefinition, ToolHost } from "./tool";

/** An area drawn around by hand, closed when the pointer is let go. A loop within a loop belongs to the area. */
function createLasso(host: ToolHost): Tool {
  let path: Point[] = [];
  const drop = () => {
    const had = path.length > 0;
    path = [];
    if (had) host.redraw();
    return had;
  };
  return {
    down(at) {
      path = [{ x: at.x, y: at.y }];
    },
    move(points) {
      if (path.length === 0) return;
      for (const { x, y } of points) path.push({ x, y });
      host.redraw();
    },
    up(at) {
      const ring = [...path, { x: at.x, y: at.y }];
      if (!drop() || ring.length < 3) return;
      joinShape(host, at, "Lasso", boundsOf(ring), (width, height, dx, dy) =>
        rasterisePolygon(width, height, [ring.map(({ x, y }) => ({ x: x - dx, y: y - dy }))], "non-zero"),
      );
    },
    cancel: drop,
    gizmos(): readonly Gizmo[] {
      return path.length > 1 ? [{ kind: "path", points: path, closed: true }] : [];
    },
  };
}

export const lasso: ToolDefinition = {
  name: "lasso",
  label: "Lasso",
  cursor: "crosshair",
  create: createLasso,
};
