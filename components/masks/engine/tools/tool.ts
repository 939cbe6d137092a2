import type { CombineMode } from "@/lib/domain/masks/combine-masks";
import type { MaskPatch } from "@/lib/domain/masks/mask-region";
import type { Gizmo } from "../gizmo";
import type { MaskDocument } from "../mask-document";
import type { BrushSettings, Pick, ToolName, WandSettings } from "../mask-editor";
import type { PreparedImage } from "../prepared-image";

/** The pointer in image pixels, with what is held down. */
export interface ToolPointer {
  readonly x: number;
  readonly y: number;
  /** 0..1; 1 for devices that do not feel it. */
  readonly pressure: number;
  readonly shift: boolean;
  /** Takes away: Alt is down, or the pen's eraser touches. */
  readonly subtract: boolean;
}

/** What a tool is given to work with. */
export interface ToolHost {
  readonly document: MaskDocument;
  readonly image: PreparedImage;
  readonly brush: BrushSettings;
  readonly wand: WandSettings;
  readonly combine: CombineMode;
  readonly pick: Pick;
  /** CSS pixels for one image pixel. */
  scale(): number;
  /** The gizmo has changed. */
  redraw(): void;
  /** Shows clicks or a box, and asks for the segmenter's answer. */
  emitPick(pick: Pick): void;
  /** Joins a shape with the mask as one step; nothing happens if the document has been closed meanwhile. */
  join(patch: MaskPatch, mode: CombineMode, label: string): void;
  /** Runs work off the main thread: the editor says that it is busy, and tells failures. */
  wait<T>(what: string, work: Promise<T>, then: (result: T) => void): void;
}

/** A tool in use. The host calls `down`, any number of `move`s, then `up`, `withdraw` or `cancel`. */
export interface Tool {
  down(at: ToolPointer): void;
  /** All places since the last call: browsers hand over several at a time. */
  move(points: readonly ToolPointer[]): void;
  up(at: ToolPointer): void;
  /** The pointer moves without being pressed. */
  hover?(at: ToolPointer): void;
  /** The press since `down` was none (a pinch began); default: `cancel`. */
  withdraw?(): void;
  /** Drops what is unfinished; false if there is nothing. */
  cancel(): boolean;
  /** Completes what is unfinished (Enter, double click). */
  finish?(): boolean;
  /** Takes back the last part of what is unfinished. */
  stepBack?(): boolean;
  gizmos?(): readonly Gizmo[];
}

export interface ToolDefinition {
  readonly name: ToolName;
  /** As in the history. */
  readonly label: string;
  /** `ring` is the brush's size; others are CSS cursors. */
  readonly cursor: "ring" | "crosshair" | "grab";
  create(host: ToolHost): Tool;
}

/** Alt and the pen's eraser turn adding into taking away. */
export function modeOf(combine: CombineMode, at: ToolPointer): CombineMode {
  return at.subtract ? (combine === "subtract" ? "union" : "subtract") : combine;
}
