import type { ToolName } from "../engine/mask-editor";

export interface ToolChoice {
  tool: ToolName;
  label: string;
  keys: readonly string[];
  /** What a person does with it, for the tooltip and the line under the canvas. */
  hint: string;
  /** SVG path data on a 20×20 grid. */
  icon: string;
  group: "paint" | "shape" | "smart" | "move";
}

/** The tools in the order of the toolbar. */
export const toolChoices: readonly ToolChoice[] = [
  {
    tool: "brush",
    label: "Brush",
    keys: ["b"],
    hint: "Drag to paint; Shift-click draws a straight line; Alt or the right button erases; Alt and the wheel change the size",
    icon: "M16.5 3.5 9 11M4 16c0-2.5 1.2-4.3 3.2-4.6a2 2 0 0 1 2.3 2.3C9.2 15.6 7 16.5 4 16z",
    group: "paint",
  },
  {
    tool: "eraser",
    label: "Eraser",
    keys: ["e"],
    hint: "Drag to take off the mask",
    icon: "M8.5 16 3.7 11.2a1 1 0 0 1 0-1.4l6.1-6.1a1 1 0 0 1 1.4 0l4.8 4.8a1 1 0 0 1 0 1.4L10 16zM6.5 7 13 13.5M7 16h9",
    group: "paint",
  },
  {
    tool: "bucket",
    label: "Fill",
    keys: ["g"],
    hint: "Click a hole or an outlined area to fill it",
    icon: "m8.5 3.5 6 6-5.5 5.5a1 1 0 0 1-1.4 0L3.5 11a1 1 0 0 1 0-1.4zM4 10h10M16.5 12.5c1 1.5 1.5 2.2 1.5 3a1.5 1.5 0 0 1-3 0c0-.8.5-1.5 1.5-3zM6.5 1.5l2.5 2.5",
    group: "paint",
  },
  {
    tool: "rectangle",
    label: "Rectangle",
    keys: ["r"],
    hint: "Drag a rectangle; Shift makes it square",
    icon: "M3.5 5h13v10h-13z",
    group: "shape",
  },
  {
    tool: "ellipse",
    label: "Ellipse",
    keys: ["o"],
    hint: "Drag an ellipse; Shift makes it round",
    icon: "M10 4.5c4 0 7 2.4 7 5.5s-3 5.5-7 5.5-7-2.4-7-5.5 3-5.5 7-5.5z",
    group: "shape",
  },
  {
    tool: "polygon",
    label: "Polygon",
    keys: ["p"],
    hint: "Click the corners; Enter or a double click closes it",
    icon: "M4 8.5 10 3.5l6.5 4-1.5 8-8.5 1z",
    group: "shape",
  },
  {
    tool: "lasso",
    label: "Lasso",
    keys: ["l"],
    hint: "Draw around an area",
    icon: "M10 4c4.2 0 7 1.9 7 4.5S14.2 13 10 13s-7-1.9-7-4.5S5.8 4 10 4zM6 12c-1.5.8-1.5 2.5 0 3s1 2-.5 2.5",
    group: "shape",
  },
  {
    tool: "wand",
    label: "Magic wand",
    keys: ["w"],
    hint: "Click a colour to take what is like it",
    icon: "M3.5 16.5 11 9M13 3v2.5M13 9.5V12M9 7.5H6.5M17 7.5h-2M15.8 4.7l-1.2 1.2M10.2 4.7l1.2 1.2M15.8 10.3l-1.2-1.2",
    group: "smart",
  },
  {
    tool: "points",
    label: "Segment by clicks",
    keys: ["s"],
    hint: "Click the object; right-click (or Alt-click) what does not belong to it",
    icon: "M10 2.5v3M10 14.5v3M2.5 10h3M14.5 10h3M10 8.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3zM5.5 5.5h-1v1M14.5 5.5h1v1M5.5 14.5h-1v-1M14.5 14.5h1v-1",
    group: "smart",
  },
  {
    tool: "box",
    label: "Segment in a box",
    keys: ["k"],
    hint: "Drag a box around the object",
    icon: "M3.5 6.5v-3h3M13.5 3.5h3v3M16.5 13.5v3h-3M6.5 16.5h-3v-3M7 10.5c0-2 1.3-3.5 3-3.5s3 1.5 3 3.3-1.3 2.7-3 2.7-3-.9-3-2.5z",
    group: "smart",
  },
  {
    tool: "pan",
    label: "Move the view",
    keys: ["h"],
    hint: "Drag to move; hold Space with any tool; the wheel zooms",
    icon: "M6.5 10V5.5a1.2 1.2 0 0 1 2.4 0V9 4a1.2 1.2 0 0 1 2.4 0v5-4a1.2 1.2 0 0 1 2.4 0v6.5c0 3.5-1.7 5.5-4.5 5.5-2.3 0-3.3-1-4.5-3.2L3.2 10.9a1.1 1.1 0 0 1 1.9-1.1z",
    group: "move",
  },
];

export function toolChoice(tool: ToolName): ToolChoice {
  return toolChoices.find((choice) => choice.tool === tool)!;
}
