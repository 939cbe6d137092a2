import type { Tool, ToolHost, ToolPointer } from "./tool";

/** A tool that does something where it was pressed, if that is on the image, once the pointer is let go. */
export function createClickTool(host: ToolHost, clicked: (at: ToolPointer) => void): Tool {
  let pressed: ToolPointer | null = null;
  return {
    down(at) {
      pressed = at;
    },
    move: () => {},
    up() {
      const at = pressed;
      pressed = null;
      const { width, height } = host.document;
      if (at && at.x >= 0 && at.y >= 0 && at.x < width && at.y < height) clicked(at);
    },
    cancel() {
      const had = pressed !== null;
      pressed = null;
      return had;
    },
  };
}
