import type {
  BrushSettings,
  EditorEvents,
  HistoryState,
  MaskEditor,
  ToolName,
  ViewPosition,
  ViewSettings,
  WandSettings,
} from "../engine/mask-editor";

/** What panels show of the editor. */
export interface EditorLook {
  tool: ToolName;
  /** A tool lent for as long as a key is down. */
  held: ToolName | null;
  brush: BrushSettings;
  wand: WandSettings;
  combine: MaskEditor["combine"];
  view: ViewSettings;
  position: ViewPosition;
  history: HistoryState;
  hasProposal: boolean;
  shownLayer: string | null;
  hover: EditorEvents["hover"];
  busy: EditorEvents["busy"];
  revision: number;
}

/** The editor as a store that React can follow: one object until something changes. */
export interface EditorStore {
  subscribe(listener: () => void): () => void;
  look(): EditorLook;
  /** After a call that the editor tells nobody about. */
  refresh(): void;
  close(): void;
}

export function createEditorStore(editor: MaskEditor): EditorStore {
  const listeners = new Set<() => void>();
  let held: ToolName | null = null;
  let hover: EditorEvents["hover"] = null;
  let busy: EditorEvents["busy"] = null;
  let look = read();

  function read(): EditorLook {
    const { tool, brush, wand, combine, view, position, history, hasProposal, shownLayer, revision } = editor;
    return {
      tool,
      held,
      brush,
      wand,
      combine,
      view,
      position,
      history,
      hasProposal,
      shownLayer,
      hover,
      busy,
      revision,
    };
  }
  let asked = 0;
  function refresh(): void {
    // Many events of one frame make one rendering.
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      look = read();
      for (const listener of listeners) listener();
    });
  }
  const stops = [
    editor.on("commit", refresh),
    editor.on("history", refresh),
    editor.on("view", refresh),
    editor.on("brush", refresh),
    editor.on("proposal", refresh),
    editor.on("tool", (event) => {
      held = event.held;
      refresh();
    }),
    editor.on("hover", (event) => {
      hover = event;
      refresh();
    }),
    editor.on("busy", (event) => {
      busy = event;
      refresh();
    }),
  ];
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    look: () => look,
    refresh,
    close() {
      cancelAnimationFrame(asked);
      for (const stop of stops) stop();
    },
  };
}
