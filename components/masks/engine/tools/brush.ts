import { createStrokeTool } from "./stroke";
import type { ToolDefinition } from "./tool";

export const brush: ToolDefinition = {
  name: "brush",
  label: "Brush",
  cursor: "ring",
  create: (host) => createStrokeTool(host, false),
};
