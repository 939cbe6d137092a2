import type { Gizmo } from "./gizmo";
import type { PaneDrawing } from "./scene";
import { type Point, toPane } from "./viewport";

/** What tools show, and the brush's ring: light lines on dark ones, to be seen on any image. Widths in CSS pixels. */
export function drawGizmos(drawing: PaneDrawing): void {
  const { context, scene, pane, ratio } = drawing;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, pane.left * ratio, 0);
  for (const gizmo of scene.gizmos) drawGizmo(drawing, gizmo);
  if (scene.ring) {
    const { at, radius, erases } = scene.ring;
    const centre = toPane(scene.view, at);
    const shown = Math.max(1.5, radius * scene.view.scale);
    twoTone(
      context,
      () => {
        context.beginPath();
        context.arc(centre.x, centre.y, shown, 0, 2 * Math.PI);
      },
      erases ? [5, 4] : [],
    );
    // A large ring alone does not say where its middle is.
    if (shown > 24) {
      twoTone(context, () => {
        context.beginPath();
        for (const [dx, dy] of [
          [1, 0],
          [0, 1],
        ] as const) {
          context.moveTo(centre.x - 4 * dx, centre.y - 4 * dy);
          context.lineTo(centre.x + 4 * dx, centre.y + 4 * dy);
        }
      });
    }
  }
  context.restore();
}

function drawGizmo({ context, scene: { view } }: PaneDrawing, gizmo: Gizmo): void {
  const place = (point: Point) => toPane(view, point);
  if (gizmo.kind === "path") {
    twoTone(context, () => {
      context.beginPath();
      for (const point of gizmo.points) {
        const { x, y } = place(point);
        context.lineTo(x, y);
      }
      if (gizmo.closed) context.closePath();
    });
  } else if (gizmo.kind === "box" || gizmo.kind === "ellipse") {
    const { x, y } = place(gizmo.box);
    const [width, height] = [gizmo.box.width * view.scale, gizmo.box.height * view.scale];
    twoTone(context, () => {
      context.beginPath();
      if (gizmo.kind === "box") context.rect(x, y, width, height);
      else context.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
    });
  } else {
    const { x, y } = place(gizmo.at);
    const click = gizmo.kind === "click";
    context.beginPath();
    context.arc(x, y, click ? 6 : 4, 0, 2 * Math.PI);
    context.fillStyle = !click ? "#fff" : gizmo.positive ? "#0a8f3c" : "#c01c28";
    context.fill();
    twoTone(context, () => {});
    if (click) drawSign(context, x, y, gizmo.positive);
  }
}

/** Plus or minus: colour alone does not say it. */
function drawSign(context: CanvasRenderingContext2D, x: number, y: number, plus: boolean): void {
  context.beginPath();
  context.moveTo(x - 3, y);
  context.lineTo(x + 3, y);
  if (plus) {
    context.moveTo(x, y - 3);
    context.lineTo(x, y + 3);
  }
  context.strokeStyle = "#fff";
  context.lineWidth = 1.5;
  context.stroke();
}

function twoTone(context: CanvasRenderingContext2D, path: () => void, dashes: number[] = []): void {
  path();
  context.strokeStyle = "rgb(0 0 0 / 0.7)";
  context.lineWidth = 3;
  context.stroke();
  context.setLineDash(dashes);
  context.strokeStyle = "#fff";
  context.lineWidth = 1.25;
  context.stroke();
  context.setLineDash([]);
}
