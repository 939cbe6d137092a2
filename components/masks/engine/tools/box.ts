import { clipBox } from "../boxes";
import { createDragBox } from "./drag-box";
import type { ToolDefinition } from "./tool";

/** A box for the segmenter, which replaces the clicks so far; a click adds one to the box. */
export const box: ToolDefinition = {
  name: "box",
  label: "Box to segment",
  cursor: "crosshair",
  create: (host) =>
    createDragBox(host, {
      shape: "box",
      done(dragged) {
        const inside = clipBox(dragged, host.document.width, host.document.height);
        if (inside) host.emitPick({ points: [], box: inside });
      },
      clicked(at) {
        const click = { x: Math.floor(at.x), y: Math.floor(at.y), positive: !at.subtract };
        const { width, height } = host.document;
        if (click.x < 0 || click.y < 0 || click.x >= width || click.y >= height) return;
        host.emitPick({ ...host.pick, points: [...host.pick.points, click] });
      },
    }),
};
