import type { DeskController } from "./desk-controller";
import type { Drawing } from "./drawing";
import type { EditorLook } from "./editor-look";

export type DeskDialog = "export" | "import";

/** What of the editor changes an action's name or whether it makes sense. The rest is asked when it runs. */
export type ActionLook = Pick<EditorLook, "hasProposal" | "shownLayer"> & {
  undo: string | null;
  redo: string | null;
};

/** What drawing actions work on, wherever the mask is kept. */
export interface DrawScope {
  desk: Drawing;
  look: ActionLook;
  /** What Escape does once nothing unfinished is left; absent: nothing. */
  leave?: (() => void) | undefined;
}

/** What the desk's actions work on, as it is now. */
export interface DeskScope extends DrawScope {
  desk: DeskController;
  /** Names of the layers that can be shown. */
  layers: readonly string[];
  /** A reason for skipping is being chosen. */
  skipping: boolean;
  setSkipping: (skipping: boolean) => void;
  work: {
    finish: () => void;
    /** Null on a desk over another page, which needs this one region. */
    skip: ((reason: string) => void) | null;
    /** To the region before this one, or to the page under the desk; null where there is none. */
    back: (() => void) | null;
    backLabel: string;
    /** What finishing leads to, in a word. */
    finishLabel: string;
  };
  openDialog: (dialog: DeskDialog) => void;
  togglePanels: () => void;
  findText: () => void;
  /** An operation with settings is begun with those that its slider stands at. */
  beginOperation: (id: string) => void;
}
