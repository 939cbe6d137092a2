import type { ToolName } from "../mask-editor";
import { box } from "./box";
import { brush } from "./brush";
import { bucket } from "./bucket";
import { ellipse } from "./ellipse";
import { eraser } from "./eraser";
import { lasso } from "./lasso";
import { pan } from "./pan";
import { points } from "./points";
import { polygon } from "./polygon";
import { rectangle } from "./rectangle";
import type { ToolDefinition } from "./tool";
import { wand } from "./wand";

export const allTools: Readonly<Record<ToolName, ToolDefinition>> = {
  brush,
  eraser,
  rectangle,
  ellipse,
  polygon,
  lasso,
  wand,
  bucket,
  points,
  box,
  pan,
};
