import { createStrokeTool } from "./stroke";
import type { ToolDefinition } from "./tool";

export const eraser: ToolDefinition = {
  name: "eraser",
  label: "Eraser",
  cursor: "ring",
  create: (host) => createStrokeTool(host, true),
};
