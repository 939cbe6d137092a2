import type { MaskStep } from "./mask-edit";

/** Steps that can be taken back or brought back, within a number of bytes. */
export interface History {
  push(step: MaskStep): void;
  /** The step to take back; it moves to those that redo brings back. */
  back(): MaskStep | null;
  forward(): MaskStep | null;
  clear(): void;
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  readonly undoSteps: number;
  readonly redoSteps: number;
  readonly bytes: number;
}

/** The oldest steps are dropped past `budget` bytes, but the last one is always kept: undo must work once. */
export function createHistory(budget: number): History {
  const done: MaskStep[] = [];
  const undone: MaskStep[] = [];
  let bytes = 0;
  return {
    push(step) {
      for (const dropped of undone.splice(0)) bytes -= dropped.bytes;
      done.push(step);
      bytes += step.bytes;
      while (bytes > budget && done.length > 1) bytes -= done.shift()!.bytes;
    },
    back() {
      const step = done.pop() ?? null;
      if (step) undone.push(step);
      return step;
    },
    forward() {
      const step = undone.pop() ?? null;
      if (step) done.push(step);
      return step;
    },
    clear() {
      done.length = undone.length = bytes = 0;
    },
    get undoLabel() {
      return done.at(-1)?.label ?? null;
    },
    get redoLabel() {
      return undone.at(-1)?.label ?? null;
    },
    get undoSteps() {
      return done.length;
    },
    get redoSteps() {
      return undone.length;
    },
    get bytes() {
      return bytes;
    },
  };
}
