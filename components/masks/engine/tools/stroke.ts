import { type BrushStroke, type Dab, paintSegment, segmentBox } from "../brush-raster";
import type { DocumentEdit } from "../mask-document";
import {
  type CurveFitter,
  createCurveFitter,
  createStabiliser,
  type Stabiliser,
  type StrokePoint,
} from "../stroke-path";
import type { Tool, ToolHost, ToolPointer } from "./tool";

/** The longest string of the stabiliser, CSS pixels. */
const longestString = 80;
/** A pen that hardly touches still paints so much of the brush's size. */
const leastPressure = 0.1;

interface Stroke {
  edit: DocumentEdit;
  erase: boolean;
  stabiliser: Stabiliser;
  curve: CurveFitter;
  first: StrokePoint;
  last: StrokePoint;
  /** Shift is down: a straight line from here, drawn anew with each move. */
  straightFrom: StrokePoint | null;
}

/**
 * Brush and eraser. Each stretch of the stroke is painted as it comes; nothing is kept of the path, so that a stroke
 * costs what it covers. Shift draws straight: on from the end of the last stroke when it is clicked, else from where
 * the line was begun.
 */
export function createStrokeTool(host: ToolHost, erases: boolean): Tool {
  let stroke: Stroke | null = null;
  let lastEnd: StrokePoint | null = null;
  const label = (erase: boolean) => (erase ? "Erase" : "Brush");

  function paint(from: StrokePoint, to: StrokePoint): void {
    if (!stroke) return;
    const { edit, erase } = stroke;
    const { hardness } = host.brush;
    const [a, b] = [dab(from), dab(to)];
    const { width } = host.document;
    edit.paint(segmentBox(a, b), (data, inside) => {
      const target: BrushStroke = { data, width, inside, hardness, erase };
      paintSegment(target, a, b);
    });
  }

  function dab({ x, y, pressure }: StrokePoint): Dab {
    const share = host.brush.pressure ? leastPressure + (1 - leastPressure) * pressure : 1;
    return { x, y, radius: (host.brush.size / 2) * share };
  }

  function paintAlong(points: readonly StrokePoint[]): void {
    for (const point of points) {
      paint(stroke!.last, point);
      stroke!.last = point;
    }
  }

  function follow(point: ToolPointer): void {
    const moved = stroke!.stabiliser.pull(point);
    if (moved) paintAlong(stroke!.curve.add(moved));
  }

  function drawStraight(to: ToolPointer): void {
    const from = stroke!.straightFrom!;
    stroke!.edit.rollback();
    paint(from, to);
    stroke!.last = to;
  }

  return {
    down(at) {
      const start = { x: at.x, y: at.y, pressure: at.pressure };
      const from = at.shift && lastEnd ? lastEnd : start;
      stroke = {
        edit: host.document.begin(),
        erase: erases || at.subtract,
        stabiliser: createStabiliser(start, (host.brush.stabiliser * longestString) / host.scale()),
        curve: createCurveFitter(start, Math.max(0.25, host.brush.size / 64)),
        first: start,
        last: start,
        straightFrom: at.shift ? from : null,
      };
      paint(from, start);
    },
    move(points) {
      if (!stroke) return;
      const last = points.at(-1);
      if (stroke.straightFrom && last) drawStraight(last);
      else for (const point of points) follow(point);
    },
    up(at) {
      if (!stroke) return;
      // A lifted pen presses no more: the line keeps the width it had.
      if (stroke.straightFrom) drawStraight({ ...at, pressure: stroke.last.pressure });
      else {
        paintAlong(stroke.curve.end());
        // The string is pulled in: a stroke ends where the pen was lifted.
        if (host.brush.stabiliser > 0 && (at.x !== stroke.first.x || at.y !== stroke.first.y)) {
          paintAlong([{ x: at.x, y: at.y, pressure: stroke.last.pressure }]);
        }
      }
      lastEnd = stroke.last;
      stroke.edit.commit(label(stroke.erase));
      stroke = null;
    },
    cancel() {
      if (!stroke) return false;
      stroke.edit.rollback();
      stroke = null;
      return true;
    },
  };
}
