import type { MaskImage, PixelBox, PixelPoint } from "@/lib/domain/image";
import type { CombineMode } from "@/lib/domain/masks/combine-masks";
import type { PreparedImage } from "./prepared-image";

/**
 * The contract of the mask editor. `createMaskEditor(container, options)` (create-mask-editor.ts) makes one; it lives
 * outside React, fills its container, and follows the container's size. Coordinates are pixels of the image
 * (0..width, 0..height) unless said otherwise; masks are one byte a pixel, rows from the top, 0 = keep, 255 = may
 * change.
 */
export interface MaskEditor {
  /** Another image and mask in the same editor: history and proposal are emptied, the view is fitted. */
  open(document: EditorDocument): void;
  readonly size: { readonly width: number; readonly height: number };

  setTool(tool: ToolName): void;
  readonly tool: ToolName;
  /** Lends a tool for as long as a key is down; null gives it back. Space (pan) and Alt (eraser) need no call. */
  hold(tool: ToolName | null): void;
  setBrush(brush: Partial<BrushSettings>): void;
  readonly brush: BrushSettings;
  setWand(wand: Partial<WandSettings>): void;
  readonly wand: WandSettings;
  /** How shapes (rectangle, ellipse, polygon, lasso, wand, bucket) join the mask; Alt turns `union` into `subtract`. */
  setCombine(mode: CombineMode): void;
  readonly combine: CombineMode;
  /** Ends an unfinished polygon or lasso (Enter). False if there was none. */
  finishShape(): boolean;
  /** Drops an unfinished stroke, shape, preview or proposal, in that order (Escape). False if there was none. */
  cancel(): boolean;

  /** Takes back the last corner of an unfinished polygon, else the last step. */
  undo(): boolean;
  redo(): boolean;
  readonly history: HistoryState;

  /** A copy of the mask. */
  getMask(): MaskImage;
  /** The live mask, without a copy: read at once, never kept and never written to. */
  peekMask(): MaskImage;
  /** Counts the changes of the mask, undo and redo included; 0 when opened. */
  readonly revision: number;
  /** Puts a mask in as one step of the history. It has the image's size. */
  applyMask(mask: MaskImage, options: { label: string; mode?: CombineMode }): void;
  /** The mask becomes another version (from the server, say); the history is emptied unless `keepHistory`. */
  replaceMask(mask: MaskImage, options?: { keepHistory?: boolean }): void;

  /** Shows what an operation would make of the mask, in place of the mask; null drops it. */
  preview(mask: MaskImage | null): void;
  /** Puts the preview in as one step of the history. False if there is none. */
  commitPreview(label: string): boolean;

  /**
   * A segmenter's answer, shown over the mask in its own colour until it is taken or dropped (null).
   * @param within where alone it is not 0, if that is known: on a large image it is then on screen sooner
   */
  propose(mask: MaskImage | null, within?: PixelBox): void;
  acceptProposal(mode: CombineMode, label?: string): boolean;
  readonly hasProposal: boolean;
  /** The clicks gathered by the `points` and `box` tools; setting shows them, and emits no `pick`. */
  setPick(pick: Pick): void;
  readonly pick: Pick;

  /** Keeps a named mask for reference (box, fine, contour, soft, last version); null removes it. */
  setLayer(name: string, mask: MaskImage | null): void;
  /** Which reference layer is shown beside the mask; null shows none. */
  showLayer(name: string | null): void;
  readonly shownLayer: string | null;
  /** Joins a reference layer with the mask as one step of the history. */
  takeLayer(name: string, mode: CombineMode): boolean;

  setView(view: Partial<ViewSettings>): void;
  readonly view: ViewSettings;
  /** The second image of the linked view (the edit's result), of the same size; null for none. */
  setAfter(image: PreparedImage | null): void;
  /** Where the image lies: CSS pixels of a pane for one image pixel, and the image's point in the pane's middle. */
  readonly position: ViewPosition;
  setPosition(position: Partial<ViewPosition>): void;
  /** Zooms by a factor about the middle of the pane. */
  zoomBy(factor: number): void;
  /** Moves the view by CSS pixels. */
  panBy(dx: number, dy: number): void;
  fit(): void;
  actualSize(): void;

  /** The pointer for those who use the keyboard: moves by image pixels, from the middle of the view at first. */
  moveCursor(dx: number, dy: number): void;
  /** Presses the tool down at that pointer, or lets it go: what a mouse button does. */
  pressCursor(down: boolean): void;

  /** Where an image point lies in the window, in CSS pixels (of the pane that holds the pointer, else the first). */
  toClient(point: { x: number; y: number }): { x: number; y: number };

  /** Returns how to stop listening. */
  on<K extends keyof EditorEvents>(event: K, listener: (value: EditorEvents[K]) => void): () => void;
  destroy(): void;
}

export interface EditorDocument {
  image: PreparedImage;
  /** Copied; null or absent is an empty mask. It has the image's size. */
  mask?: MaskImage | null;
  after?: PreparedImage | null;
}

export interface MaskEditorOptions extends EditorDocument {
  tool?: ToolName;
  brush?: Partial<BrushSettings>;
  wand?: Partial<WandSettings>;
  view?: Partial<ViewSettings>;
  combine?: CombineMode;
  /** What the picture is, for those who cannot see it. */
  label: string;
  /** Most bytes the undo history may hold; the oldest steps go first. 256 MB by default. */
  historyBytes?: number;
  /** No marching, no blinking. Default: what the system asks for. */
  reducedMotion?: boolean;
}

export type ToolName =
  | "brush"
  | "eraser"
  | "rectangle"
  | "ellipse"
  | "polygon"
  | "lasso"
  | "wand"
  | "bucket"
  | "points"
  | "box"
  | "pan";

export interface BrushSettings {
  /** Diameter in image pixels, 1 to 2048. */
  size: number;
  /** Share of the radius that is fully covered, 0..1; 1 paints a hard edge (only 0 and 255). */
  hardness: number;
  /** 0 follows the hand; up to 1 it is pulled on a longer and longer string. */
  stabiliser: number;
  /** Pen pressure scales the diameter. */
  pressure: boolean;
}

export interface WandSettings {
  /** Largest difference of a colour channel, 0..255. */
  tolerance: number;
  /** Only what is connected with the clicked pixel. */
  contiguous: boolean;
}

export interface ViewSettings {
  /** `overlay` colours the mask, `outline` draws its edge, `both`; `matte` shows the mask alone; `hidden` the image. */
  display: "overlay" | "outline" | "both" | "matte" | "hidden";
  /** `#rrggbb`. */
  color: string;
  /** 0..1. */
  opacity: number;
  /** `marching` moves the outline's dashes. */
  outline: "solid" | "marching";
  /** The overlay goes on and off. */
  blink: boolean;
  /** `soft` shows levels as they are, `hard` as they are after a cut at one half. */
  levels: "soft" | "hard";
  /** `both` puts source and result side by side with one mask and one view over both. */
  panes: "before" | "after" | "both";
  /** `auto`: when the image is larger than the pane. */
  minimap: "auto" | "on" | "off";
}

export interface ViewPosition {
  /** CSS pixels of the pane for one image pixel: 1 is 100 %. */
  scale: number;
  /** Image point in the middle of the pane. */
  x: number;
  y: number;
}

export interface Pick {
  points: readonly PixelPoint[];
  box: PixelBox | null;
}

export interface HistoryState {
  /** What undo would take back, and redo bring back; null when there is nothing. */
  undo: string | null;
  redo: string | null;
  undoSteps: number;
  redoSteps: number;
  bytes: number;
}

export interface EditorEvents {
  /** The mask changed: a finished stroke, shape or operation, or undo and redo of one. */
  commit: {
    revision: number;
    /** Every changed pixel lies in it. */
    dirty: PixelBox;
    /** As in the history: "Brush", "Grow". */
    label: string;
    cause: "edit" | "undo" | "redo" | "replace";
  };
  history: HistoryState;
  /** Settings or position of the view changed. */
  view: { settings: ViewSettings; position: ViewPosition };
  /** The tool in use; `held` while a key or pen button lends it. */
  tool: { tool: ToolName; held: ToolName | null };
  brush: BrushSettings;
  /** A click or box of the segment tools: ask the segmenter, then `propose` its answer. */
  pick: Pick;
  proposal: { present: boolean };
  /** The image point under the pointer, or null outside. */
  hover: { x: number; y: number; level: number } | null;
  /** The editor works off the main thread (wand, bucket on large images). */
  busy: { what: string } | null;
  /** Something asked of the editor could not be done; a sentence for the person. */
  problem: { message: string };
}
