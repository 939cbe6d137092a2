import type { MaskImage } from "@/lib/domain/image";
import type { MaskOperation } from "@/lib/domain/masks/mask-operation";
import type { MaskEditor } from "../engine/mask-editor";

export interface PreviewState {
  /** The operation on screen, not yet part of the mask. */
  operation: { label: string; operation: MaskOperation } | null;
  working: boolean;
  problem: string | null;
}

export interface OperationPreview {
  state(): PreviewState;
  subscribe(listener: () => void): () => void;
  /** Shows what an operation would make of the mask; the newest one wins. */
  show(label: string, operation: MaskOperation): void;
  /** Makes the preview part of the mask, once it is computed. */
  apply(): void;
  /** Both at once, for operations without settings. */
  run(label: string, operation: MaskOperation): void;
  drop(): void;
  close(): void;
}

/** Computes an operation off the main thread. Throws an error with a sentence. */
export type Operate = (
  mask: MaskImage,
  operation: MaskOperation,
  options: { signal: AbortSignal; onPreview: (coarse: MaskImage) => void },
) => Promise<MaskImage>;

/** Previews operations in the editor, computed elsewhere. */
export function createOperationPreview(
  editor: MaskEditor,
  operate: Operate,
  explain: (error: unknown) => string,
): OperationPreview {
  let state: PreviewState = { operation: null, working: false, problem: null };
  let running: AbortController | null = null;
  let applyWhenDone = false;
  const listeners = new Set<() => void>();

  function set(change: Partial<PreviewState>): void {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  }

  async function show(label: string, operation: MaskOperation): Promise<void> {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    set({ operation: { label, operation }, working: true, problem: null });
    try {
      const result = await operate(editor.getMask(), operation, {
        signal: mine.signal,
        onPreview: (coarse) => running === mine && editor.preview(coarse),
      });
      if (running !== mine) return;
      running = null;
      editor.preview(result);
      set({ working: false });
      if (applyWhenDone) commit();
    } catch (error) {
      if (running !== mine) return;
      running = null;
      applyWhenDone = false;
      editor.preview(null);
      set({ operation: null, working: false, problem: explain(error) });
    }
  }

  function commit(): void {
    applyWhenDone = false;
    const label = state.operation?.label;
    // First: committing tells of a change, which would drop a preview that still stands here.
    set({ operation: null });
    if (label) editor.commitPreview(label);
  }

  function drop(): void {
    running?.abort();
    running = null;
    applyWhenDone = false;
    if (state.operation) editor.preview(null);
    set({ operation: null, working: false, problem: null });
  }

  // A preview of a mask that has changed since shows something else than would be applied.
  const stop = editor.on("commit", () => {
    const shown = state.operation;
    if (shown) void show(shown.label, shown.operation);
  });

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(label, operation) {
      applyWhenDone = false;
      void show(label, operation);
    },
    apply() {
      if (!state.operation) return;
      if (state.working) applyWhenDone = true;
      else commit();
    },
    run(label, operation) {
      applyWhenDone = true;
      void show(label, operation);
    },
    drop,
    close() {
      running?.abort();
      running = null;
      stop();
    },
  };
}
