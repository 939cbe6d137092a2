import type { Action } from "@/components/actions/action";
import type { RejectReasonView } from "@/lib/api/contract/review";
import { reasonActions } from "../reason-actions";
import { emptyDraft, type RejectDraft } from "../reject-draft";
import type { Decision } from "../review-queue";
import { type GridSelection, moveCursor, toggleCell } from "./grid-selection";
import type { Cell, Sheet } from "./use-batch";

interface Batch {
  sheet: Sheet;
  columns: number;
  selection: GridSelection;
  setSelection: (selection: GridSelection) => void;
  reasons: readonly RejectReasonView[];
  showing: "after" | "before" | "both";
  setShowing: (showing: "after" | "before" | "both") => void;
  draft: RejectDraft | null;
  setDraft: (draft: RejectDraft | null) => void;
  writeNote: () => void;
  decide: (cells: readonly Cell[], decision: Decision) => void;
  undo: () => void;
  load: () => void;
}

/** The cells that an action is about: the chosen ones, else the one under the cursor. */
export function targetsOf({ cells }: Sheet, { chosen, cursor }: GridSelection): Cell[] {
  const at = chosen.size > 0 ? [...chosen].sort((a, b) => a - b) : [cursor];
  return at.flatMap((index) => cells[index] ?? []);
}

/** Everything that can be done on a sheet, in the order of the help. */
export function batchActions(batch: Batch): Action[] {
  const { sheet, selection, setSelection, columns, showing, setShowing, draft, setDraft } = batch;
  const count = sheet.cells.length;
  const targets = targetsOf(sheet, selection);
  const open = sheet.cells.filter(({ mine, saving }) => mine === null && !saving);
  const enabled = targets.length > 0;
  const decide = (cells: readonly Cell[], decision: Decision) => {
    batch.decide(cells, decision);
    setSelection({ ...selection, chosen: new Set() });
  };
  const move = (id: string, label: string, key: string, by: number): Action[] =>
    [false, true].map((extend) => ({
      id: extend ? `extend-${id}` : id,
      label: extend ? `${label}, choosing` : label,
      keys: [extend ? `Shift+${key}` : key],
      group: "Move",
      repeats: true,
      enabled: count > 0,
      run: () => setSelection(moveCursor(selection, by, count, extend)),
    }));
  return [
    {
      id: "approve",
      label: targets.length > 1 ? `Approve ${targets.length}` : "Approve",
      keys: ["a"],
      group: "Decide on what is chosen, or on the cell with the frame",
      enabled: enabled && !draft,
      run: () => decide(targets, { kind: "approve", reasons: [] }),
    },
    {
      id: "reject",
      label: targets.length > 1 ? `Reject ${targets.length}` : "Reject",
      keys: ["x", "Backspace"],
      group: "Decide on what is chosen, or on the cell with the frame",
      enabled,
      run: () => setDraft(draft ? null : emptyDraft),
    },
    ...reasonActions({
      ...batch,
      enabled,
      reject: ({ reasons, note }) =>
        decide(targets, { kind: "reject", reasons: [...reasons], ...(note.trim() && { note: note.trim() }) }),
    }),
    {
      id: "approve-rest",
      label: `Approve the other ${open.length}`,
      keys: ["Shift+a"],
      group: "Sheet",
      enabled: open.length > 0,
      run: () => decide(open, { kind: "approve", reasons: [] }),
    },
    {
      id: "undo",
      label: "Undo",
      keys: ["u", "Ctrl+z"],
      group: "Sheet",
      enabled: sheet.actions.length > 0,
      run: batch.undo,
    },
    { id: "next-sheet", label: "Next sheet", keys: ["PageDown", "s"], group: "Sheet", run: batch.load },
    ...move("left", "Left", "ArrowLeft", -1),
    ...move("right", "Right", "ArrowRight", 1),
    ...move("up", "Up", "ArrowUp", -columns),
    ...move("down", "Down", "ArrowDown", columns),
    {
      id: "choose",
      label: "Choose",
      keys: [" "],
      group: "Choose",
      enabled: count > 0,
      run: () => setSelection(toggleCell(selection, selection.cursor)),
    },
    {
      id: "choose-all",
      label: "Choose all that are open",
      keys: ["Ctrl+a"],
      group: "Choose",
      enabled: open.length > 0,
      run: () =>
        setSelection({ ...selection, chosen: new Set(open.map((cell) => sheet.cells.indexOf(cell))) }),
    },
    {
      id: "choose-none",
      label: "Choose none",
      keys: ["Escape"],
      group: "Choose",
      mode: true,
      enabled: selection.chosen.size > 0 && !draft,
      run: () => setSelection({ ...selection, chosen: new Set() }),
    },
    {
      id: "showing",
      label: { both: "Show only after", after: "Show only before", before: "Show both" }[showing],
      keys: ["f"],
      group: "Look",
      run: () => setShowing(({ both: "after", after: "before", before: "both" } as const)[showing]),
    },
  ];
}
