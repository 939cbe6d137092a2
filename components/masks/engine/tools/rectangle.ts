import { rasteriseRectangle } from "@/lib/domain/masks/rasterise-shape";
import { createDragBox } from "./drag-box";
import { joinShape } from "./join-shape";
import type { ToolDefinition } from "./tool";

export const rectangle: ToolDefinition = {
  name: "rectangle",
  label: "Rectangle",
  cursor: "crosshair",
  create: (host) =>
    createDragBox(host, {
      shape: "box",
      done: (box, at) =>
        joinShape(host, at, "Rectangle", box, (width, height, dx, dy) =>
          rasteriseRectangle(width, height, { ...box, x: box.x - dx, y: box.y - dy }),
        ),
    }),
};
