import { rasterisePolygon } from "@/lib/domain/masks/rasterise-polygon";
import type { Gizmo } from "../gizmo";
import type { Point } from "../viewport";
import { boundsOf, joinShape } from "./join-shape";
import type { Tool, ToolDefinition, ToolHost, ToolPointer } from "./tool";

/** CSS pixels around the first corner in which a click closes the polygon. */
const closingReach = 9;

/** Corner by corner; a click on the first one, a double click or Enter closes it. Shift keeps to steps of 45°. */
function createPolygon(host: ToolHost): Tool {
  let corners: Point[] = [];
  let pointer: ToolPointer | null = null;
  let added = false;
  const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y) * host.scale();
  const placed = (at: ToolPointer): Point => {
    const last = corners.at(-1);
    return at.shift && last ? snapped(last, at) : { x: at.x, y: at.y };
  };
  const drop = () => {
    const had = corners.length > 0;
    corners = [];
    if (had) host.redraw();
    return had;
  };
  const finish = () => {
    const [ring, at] = [corners, pointer];
    drop();
    if (ring.length < 3 || !at) return ring.length > 0;
    joinShape(host, at, "Polygon", boundsOf(ring), (width, height, dx, dy) =>
      rasterisePolygon(width, height, [ring.map(({ x, y }) => ({ x: x - dx, y: y - dy }))]),
    );
    return true;
  };
  return {
    down(at) {
      pointer = at;
      const corner = placed(at);
      const last = corners.at(-1);
      added = false;
      // The second press of a double click lands on the corner that the first one made.
      if (last && corners.length >= 3 && distance(last, corner) < 2) finish();
      else if (corners.length >= 3 && distance(corners[0]!, at) < closingReach) finish();
      else if (!last || distance(last, corner) >= 2) {
        corners.push(corner);
        added = true;
      }
      host.redraw();
    },
    move(points) {
      pointer = points.at(-1) ?? pointer;
      host.redraw();
    },
    up(at) {
      // Press, drag and let go sets the other end of an edge as well: touch has no hovering.
      const last = corners.at(-1);
      if (last && distance(last, placed(at)) > closingReach) corners.push(placed(at));
      host.redraw();
    },
    hover(at) {
      pointer = at;
      if (corners.length > 0) host.redraw();
    },
    withdraw() {
      if (added) corners.pop();
      host.redraw();
    },
    cancel: drop,
    finish,
    stepBack() {
      if (corners.length === 0) return false;
      corners.pop();
      host.redraw();
      return true;
    },
    gizmos(): readonly Gizmo[] {
      if (corners.length === 0) return [];
      const points = pointer ? [...corners, placed(pointer)] : corners;
      return [
        { kind: "path", points, closed: false },
        ...corners.map((at): Gizmo => ({ kind: "handle", at })),
      ];
    },
  };
}

function snapped(from: Point, to: Point): Point {
  const step = Math.PI / 4;
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / step) * step;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
}

export const polygon: ToolDefinition = {
  name: "polygon",
  label: "Polygon",
  cursor: "crosshair",
  create: createPolygon,
};
