import type { MaskImage, PixelBox } from "@/lib/domain/image";
import type { CombineMode } from "@/lib/domain/masks/combine-masks";
import { type EditorState, noPick } from "./editor-state";
import { joinMask } from "./join-patch";
import type { DocumentEdit } from "./mask-document";
import type { EditorEvents, MaskEditor } from "./mask-editor";
import { requireSize } from "./shown-masks";
import type { LayerName } from "./stage";

type MaskMethods = Pick<
  MaskEditor,
  | "getMask"
  | "applyMask"
  | "replaceMask"
  | "preview"
  | "commitPreview"
  | "propose"
  | "acceptProposal"
  | "setPick"
  | "setLayer"
  | "showLayer"
  | "takeLayer"
>;

interface MaskParts {
  state: EditorState;
  invalidate(...layers: LayerName[]): void;
  invalidateMask(boxes: readonly PixelBox[]): void;
  emit<K extends "proposal" | "pick">(event: K, value: EditorEvents[K]): void;
}

/** What an editor does with whole masks: its own, previews, proposals and reference layers. */
export function createEditorMasks({ state, invalidate, invalidateMask, emit }: MaskParts) {
  /** One step of the history, whole or not at all. */
  function change(label: string, make: (edit: DocumentEdit) => void): void {
    const edit = state.document.begin();
    make(edit);
    edit.commit(label);
  }
  const join = (mask: MaskImage, mode: CombineMode, label: string) =>
    change(label, (edit) => joinMask(edit, state.document, mask, mode));

  /** Takes the proposal and its clicks off the screen; false if there were none. */
  function dropProposal(): boolean {
    const had = state.masks.proposal !== null || state.pick !== noPick;
    if (state.masks.proposal) methods.propose(null);
    if (state.pick !== noPick) {
      state.pick = noPick;
      invalidate("tools");
      emit("pick", noPick);
    }
    return had;
  }

  const methods: MaskMethods = {
    getMask() {
      const { width, height, data } = state.document;
      return { width, height, data: data.slice() };
    },
    applyMask(mask, { label, mode = "replace" }) {
      requireSize(mask, state.image);
      join(mask, mode, label);
    },
    replaceMask(mask, { keepHistory = false } = {}) {
      requireSize(mask, state.image);
      state.document.replace(mask.data, keepHistory);
    },
    preview(mask) {
      state.masks.setPreview(mask);
      invalidate("mask", "tools");
    },
    commitPreview(label) {
      const preview = state.masks.preview?.mask;
      if (!preview) return false;
      methods.preview(null);
      join(preview, "replace", label);
      return true;
    },
    propose(mask, within) {
      const before = state.masks.proposal;
      state.masks.setProposal(mask, within);
      invalidateMask([before, state.masks.proposal].flatMap((shown) => shown?.within ?? []));
      emit("proposal", { present: mask !== null });
    },
    acceptProposal(mode, label = "Segment") {
      const proposal = state.masks.proposal?.mask;
      if (!proposal) return false;
      join(proposal, mode, label);
      dropProposal();
      return true;
    },
    setPick(pick) {
      state.pick = pick.points.length === 0 && !pick.box ? noPick : pick;
      invalidate("tools");
    },
    setLayer(name, mask) {
      state.masks.setLayer(name, mask);
      if (name === state.shownLayer) invalidate("mask");
    },
    showLayer(name) {
      state.shownLayer = name;
      invalidate("mask");
    },
    takeLayer(name, mode) {
      const layer = state.masks.layer(name)?.mask;
      if (!layer) return false;
      join(layer, mode, `Take ${name}`);
      return true;
    },
  };
  return { methods, change, dropProposal };
}
