import type { ToolDefinition } from "./tool";

/** Moves the view: the input does it itself, as it does for Space and the middle button. */
export const pan: ToolDefinition = {
  name: "pan",
  label: "Pan",
  cursor: "grab",
  create: () => ({ down: () => {}, move: () => {}, up: () => {}, cancel: () => false }),
};
