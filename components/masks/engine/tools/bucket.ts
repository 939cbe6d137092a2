import { findArea } from "../pixel-worker-client";
import { createClickTool } from "./click-tool";
import type { ToolDefinition } from "./tool";

/** Fills the gap or hole that is clicked; with Alt, takes the clicked piece of the mask away. */
export const bucket: ToolDefinition = {
  name: "bucket",
  label: "Fill",
  cursor: "crosshair",
  create: (host) =>
    createClickTool(host, (at) => {
      const [x, y] = [Math.floor(at.x), Math.floor(at.y)];
      const { document } = host;
      const covered = document.data[y * document.width + x]! > 127;
      if (covered !== at.subtract) return;
      host.wait("Filling", findArea(document, x, y), (patch) => {
        if (patch) host.join(patch, at.subtract ? "subtract" : "union", at.subtract ? "Clear piece" : "Fill");
      });
    }),
};
