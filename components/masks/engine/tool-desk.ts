import type { Gizmo } from "./gizmo";
import type { Sample } from "./input";
import type { ToolName } from "./mask-editor";
import { allTools } from "./tools/all-tools";
import type { Tool, ToolDefinition, ToolHost, ToolPointer } from "./tools/tool";
import type { Point } from "./viewport";

/** Which tool is in hand, and what it is doing. */
export interface ToolDesk {
  readonly chosen: ToolName;
  /** The tool that a press would use: the chosen one, or one lent for as long as a key is down. */
  readonly inHand: ToolDefinition;
  readonly lent: ToolName | null;
  readonly pressed: boolean;
  choose(name: ToolName): void;
  lend(name: ToolName | null): void;
  press(at: ToolPointer): void;
  extend(points: readonly ToolPointer[]): void;
  release(at: ToolPointer): void;
  hover(at: ToolPointer): void;
  withdraw(): void;
  cancel(): boolean;
  finish(): boolean;
  stepBack(): boolean;
  gizmos(): readonly Gizmo[];
  /** Another document: nothing is left of what was begun. */
  reset(): void;
}

export function createToolDesk(host: ToolHost, first: ToolName, changed: () => void): ToolDesk {
  let chosen = first;
  let lent: ToolName | null = null;
  /** Tools that have been used on this document; each remembers what it needs, such as where a stroke ended. */
  const tools = new Map<ToolName, Tool>();
  /** The tool of a press that is going on: a change of tools waits for its end. */
  let busy: Tool | null = null;
  const toolOf = (name: ToolName): Tool => {
    const tool = tools.get(name) ?? allTools[name].create(host);
    tools.set(name, tool);
    return tool;
  };
  const current = () => busy ?? toolOf(lent ?? chosen);

  return {
    get chosen() {
      return chosen;
    },
    get lent() {
      return lent;
    },
    get inHand() {
      return allTools[lent ?? chosen];
    },
    get pressed() {
      return busy !== null;
    },
    choose(name) {
      if (name === chosen) return;
      const tool = toolOf(chosen);
      if (!tool.finish?.()) tool.cancel();
      busy = null;
      chosen = name;
      changed();
    },
    lend(name) {
      if (name === lent) return;
      lent = name;
      changed();
    },
    press(at) {
      busy = toolOf(lent ?? chosen);
      busy.down(at);
    },
    extend: (points) => busy?.move(points),
    release(at) {
      const tool = busy;
      busy = null;
      tool?.up(at);
    },
    hover: (at) => current().hover?.(at),
    withdraw() {
      const tool = busy;
      busy = null;
      if (tool?.withdraw) tool.withdraw();
      else tool?.cancel();
    },
    cancel() {
      const tool = current();
      busy = null;
      return tool.cancel();
    },
    finish: () => current().finish?.() ?? false,
    stepBack() {
      if (busy) {
        const tool = busy;
        busy = null;
        return tool.cancel();
      }
      return current().stepBack?.() ?? false;
    },
    gizmos: () => current().gizmos?.() ?? [],
    reset() {
      busy = null;
      tools.clear();
    },
  };
}

/** A sample of the stage as a tool sees it. */
export function toToolPointer(sample: Sample, at: Point): ToolPointer {
  return {
    x: at.x,
    y: at.y,
    pressure: sample.pressure,
    shift: sample.shift,
    subtract: sample.alt || sample.eraser,
  };
}
