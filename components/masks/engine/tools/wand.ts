import { createClickTool } from "./click-tool";
import { modeOf, type ToolDefinition } from "./tool";

/** Selects pixels of the clicked colour. */
export const wand: ToolDefinition = {
  name: "wand",
  label: "Magic wand",
  cursor: "crosshair",
  create: (host) =>
    createClickTool(host, (at) => {
      const mode = modeOf(host.combine, at);
      const selection = host.image.select(Math.floor(at.x), Math.floor(at.y), host.wand);
      host.wait("Selecting by colour", selection, (patch) => patch && host.join(patch, mode, "Magic wand"));
    }),
};
