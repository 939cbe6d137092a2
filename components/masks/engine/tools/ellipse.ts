import { rasteriseEllipse } from "@/lib/domain/masks/rasterise-shape";
import { createDragBox } from "./drag-box";
import { joinShape } from "./join-shape";
import type { ToolDefinition } from "./tool";

export const ellipse: ToolDefinition = {
  name: "ellipse",
  label: "Ellipse",
  cursor: "crosshair",
  create: (host) =>
    createDragBox(host, {
      shape: "ellipse",
      done: (box, at) =>
        joinShape(host, at, "Ellipse", box, (width, height, dx, dy) =>
          rasteriseEllipse(width, height, { ...box, x: box.x - dx, y: box.y - dy }),
        ),
    }),
};
