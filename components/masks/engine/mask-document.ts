import type { MaskImage, PixelBox } from "@/lib/domain/image";
import { clipBox } from "./boxes";
import { createHistory, type History } from "./history";
import { beginMaskEdit, type MaskEdit, toggleStep } from "./mask-edit";

export interface MaskChange {
  revision: number;
  dirty: PixelBox;
  label: string;
  cause: "edit" | "undo" | "redo" | "replace";
}

/** The mask that is drawn on: its bytes, their history, and word of every change. */
export interface MaskDocument extends MaskImage {
  readonly revision: number;
  readonly history: History;
  /** One change at a time: a second one drops the first. */
  begin(): DocumentEdit;
  undo(): boolean;
  redo(): boolean;
  /** Other bytes altogether. */
  replace(data: Uint8Array, keepHistory: boolean): void;
}

export interface DocumentEdit {
  /** Writes in the box (clipped to the image); `write` may change nothing outside of it. */
  paint(box: PixelBox, write: (data: Uint8Array, inside: PixelBox) => void): void;
  rollback(): void;
  /** True if something has changed. */
  commit(label: string): boolean;
}

interface DocumentOptions {
  width: number;
  height: number;
  data?: Uint8Array | null;
  historyBytes: number;
  /** Pixels to draw again, also in the middle of a change. */
  onPaint(boxes: readonly PixelBox[]): void;
  /** A change is complete. */
  onChange(change: MaskChange): void;
}

export function createMaskDocument(options: DocumentOptions): MaskDocument {
  const { width, height, onPaint, onChange } = options;
  const data = options.data ? options.data.slice() : new Uint8Array(width * height);
  const history = createHistory(options.historyBytes);
  const whole: PixelBox = { x: 0, y: 0, width, height };
  let revision = 0;
  let open: { edit: MaskEdit } | null = null;

  const tell = (dirty: PixelBox, label: string, cause: MaskChange["cause"]) => {
    revision += 1;
    onChange({ revision, dirty, label, cause });
  };
  const dropOpen = () => {
    if (open) onPaint(open.edit.rollback());
    open = null;
  };

  function begin(): DocumentEdit {
    dropOpen();
    const edit = beginMaskEdit(data, width, height);
    const mine = { edit };
    open = mine;
    return {
      paint(box, write) {
        const inside = open === mine ? clipBox(box, width, height) : null;
        if (!inside) return;
        edit.touch(inside);
        write(data, inside);
        onPaint([inside]);
      },
      rollback() {
        if (open === mine) onPaint(edit.rollback());
      },
      commit(label) {
        if (open !== mine) return false;
        open = null;
        const step = edit.finish(label);
        if (!step) return false;
        history.push(step);
        tell(step.dirty, label, "edit");
        return true;
      },
    };
  }

  function move(direction: "undo" | "redo"): boolean {
    dropOpen();
    const step = direction === "undo" ? history.back() : history.forward();
    if (!step) return false;
    onPaint(toggleStep(step, data, width, height));
    tell(step.dirty, step.label, direction);
    return true;
  }

  return {
    width,
    height,
    data,
    history,
    begin,
    undo: () => move("undo"),
    redo: () => move("redo"),
    replace(bytes, keepHistory) {
      dropOpen();
      if (keepHistory) {
        const edit = begin();
        edit.paint(whole, (target) => target.set(bytes));
        edit.commit("Version");
        return;
      }
      data.set(bytes);
      history.clear();
      onPaint([whole]);
      tell(whole, "Version", "replace");
    },
    get revision() {
      return revision;
    },
  };
}
