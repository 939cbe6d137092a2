import { createClickTool } from "./click-tool";
import type { ToolDefinition } from "./tool";

/** Clicks for the segmenter: on the object, or with Alt on what does not belong to it. */
export const points: ToolDefinition = {
  name: "points",
  label: "Click to segment",
  cursor: "crosshair",
  create: (host) =>
    createClickTool(host, (at) => {
      const click = { x: Math.floor(at.x), y: Math.floor(at.y), positive: !at.subtract };
      host.emitPick({ ...host.pick, points: [...host.pick.points, click] });
    }),
};
