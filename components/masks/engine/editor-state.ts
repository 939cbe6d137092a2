import type { CombineMode } from "@/lib/domain/masks/combine-masks";
import type { MaskDocument } from "./mask-document";
import type { BrushSettings, Pick, WandSettings } from "./mask-editor";
import type { Pane } from "./panes";
import type { PreparedImage } from "./prepared-image";
import type { ShownMasks } from "./shown-masks";
import type { Point } from "./viewport";

/** What the parts of an editor share; each says with its events what it has changed. */
export interface EditorState {
  image: PreparedImage;
  after: PreparedImage | null;
  document: MaskDocument;
  masks: ShownMasks;
  shownLayer: string | null;
  brush: BrushSettings;
  wand: WandSettings;
  combine: CombineMode;
  pick: Pick;
  /** Where the pointer is, or the keyboard's; image pixels. */
  pointer: Point | null;
  /** The keyboard moved it last. */
  byKeyboard: boolean;
  altDown: boolean;
  /** The pane that a press began in: it goes on there, wherever the pointer moves. */
  pressedPane: Pane | null;
}

export const noPick: Pick = { points: [], box: null };
