import type { EditorState } from "./editor-state";
import type { EditorEvents } from "./mask-editor";
import type { ToolHost } from "./tools/tool";

interface HostParts extends Pick<ToolHost, "scale" | "redraw" | "join"> {
  emit<K extends "pick" | "busy" | "problem">(event: K, value: EditorEvents[K]): void;
}

/** What tools see of the editor. */
export function createToolHost(state: EditorState, { scale, redraw, join, emit }: HostParts): ToolHost {
  let working = 0;
  return {
    get document() {
      return state.document;
    },
    get image() {
      return state.image;
    },
    get brush() {
      return state.brush;
    },
    get wand() {
      return state.wand;
    },
    get combine() {
      return state.combine;
    },
    get pick() {
      return state.pick;
    },
    scale,
    redraw,
    join,
    emitPick(pick) {
      state.pick = pick;
      redraw();
      emit("pick", pick);
    },
    wait(what, work, then) {
      const asked = state.document;
      working += 1;
      emit("busy", { what });
      work
        .then(
          (result) => state.document === asked && then(result),
          (error: Error) => emit("problem", { message: error.message }),
        )
        .finally(() => {
          working -= 1;
          if (working === 0) emit("busy", null);
        });
    },
  };
}
