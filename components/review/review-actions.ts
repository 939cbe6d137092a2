import type { Dispatch, RefObject, SetStateAction } from "react";
import type { Action } from "@/components/actions/action";
import type { RejectReasonView } from "@/lib/api/contract/review";
import { type CompareMode, compareModeNames, modeAfter } from "./compare/compare-mode";
import type { CompareState, CompareView } from "./compare/compare-view";
import { reasonActions } from "./reason-actions";
import { emptyDraft, type RejectDraft } from "./reject-draft";
import type { DeskState, ReviewQueue } from "./review-queue";

/** What lies over the desk. */
export type DeskDialog = "texts" | "mask" | "regenerate" | "send-back" | "log" | "kept" | "holders";

interface Desk {
  queue: ReviewQueue;
  state: DeskState;
  reasons: readonly RejectReasonView[];
  compare: CompareState;
  setCompare: Dispatch<SetStateAction<CompareState>>;
  /** A rejection in the making; null while none is. */
  draft: RejectDraft | null;
  setDraft: (draft: RejectDraft | null) => void;
  view: RefObject<CompareView | null>;
  /** Whether both images of the sample are on screen: nobody judges what cannot be seen yet. */
  seen: boolean;
  /** Whether the queue is of samples sent back to the reader, which are answered and not judged. */
  returned: boolean;
  writeNote: () => void;
  openDialog: (dialog: DeskDialog) => void;
  answer: () => void;
  /** Plants the sample as gold; absent for those who may not. */
  plantGold?: ((answer: "approve" | "reject") => void) | undefined;
}

/** Everything a reviewer can do at the desk, in the order of the help. */
export function reviewActions(desk: Desk): Action[] {
  return [
    ...decisionActions(desk),
    ...reasonActions({
      ...desk,
      enabled: canJudge(desk),
      reject: ({ reasons, note }) =>
        desk.queue.decide({
          kind: "reject",
          reasons: [...reasons],
          ...(note.trim() && { note: note.trim() }),
        }),
    }),
    ...changeActions(desk),
    ...moveActions(desk),
    ...lookActions(desk),
  ];
}

const onScreen = ({ state }: Desk) => state.items[state.index];

/** Whether the sample can be judged now. */
const canJudge = (desk: Desk) => onScreen(desk) !== undefined && desk.seen && !desk.returned;

function decisionActions(desk: Desk): Action[] {
  const { queue, state, draft, setDraft } = desk;
  const enabled = canJudge(desk);
  const group = "Decide";
  return [
    {
      id: "approve",
      label: "Approve",
      keys: ["a"],
      group,
      enabled: enabled && !draft,
      run: () => queue.decide({ kind: "approve", reasons: [] }),
    },
    {
      id: "reject",
      label: "Reject",
      keys: ["x", "Backspace"],
      group,
      enabled,
      run: () => setDraft(draft ? null : emptyDraft),
    },
    {
      id: "undo",
      label: "Undo",
      keys: ["u", "Ctrl+z"],
      group,
      enabled: state.decided.length > 0,
      run: () => {
        setDraft(null);
        queue.undo();
      },
    },
  ];
}

function changeActions(desk: Desk): Action[] {
  const item = onScreen(desk);
  const { openDialog, returned, seen, answer, state } = desk;
  const enabled = item !== undefined && !item.saving;
  const open = enabled && seen && item.mine === null;
  const group = "Change";
  return [
    { id: "texts", label: "Fix the texts", keys: ["e"], group, enabled, run: () => openDialog("texts") },
    { id: "mask", label: "Redraw the mask", keys: ["r"], group, enabled, run: () => openDialog("mask") },
    {
      id: "regenerate",
      label: "Draw again with changes",
      keys: ["g"],
      group,
      enabled: open,
      run: () => openDialog("regenerate"),
    },
    {
      id: "send-back",
      label: "Send back to its author",
      keys: ["b"],
      group,
      enabled: open && !returned,
      run: () => openDialog("send-back"),
    },
    ...(returned
      ? [{ id: "answer", label: "Put back in the queue", keys: ["p"], group, enabled, run: answer }]
      : []),
    ...(desk.plantGold && !returned
      ? (["approve", "reject"] as const).map((answer) => ({
          id: `gold-${answer}`,
          label: `Plant as gold: ${answer}`,
          keys: [answer === "approve" ? "Shift+a" : "Shift+x"],
          group,
          enabled: enabled && seen,
          run: () => desk.plantGold?.(answer),
        }))
      : []),
    { id: "log", label: "What happened to it", keys: ["l"], group, enabled, run: () => openDialog("log") },
    {
      id: "kept",
      label: "Kept choices",
      keys: ["t"],
      group,
      enabled: state.kept.length > 0,
      run: () => openDialog("kept"),
    },
  ];
}

function moveActions(desk: Desk): Action[] {
  const { queue, state, setDraft } = desk;
  const group = "Move";
  const move = (by: 1 | -1) => () => {
    setDraft(null);
    queue.move(by);
  };
  const forward = state.index < state.items.length;
  return [
    { id: "skip", label: "Skip", keys: ["s"], group, enabled: forward, run: move(1) },
    { id: "next", label: "Next", keys: ["j", "ArrowRight"], group, enabled: forward, run: move(1) },
    {
      id: "previous",
      label: "Previous",
      keys: ["k", "ArrowLeft"],
      group,
      enabled: state.index > 0,
      run: move(-1),
    },
  ];
}

function lookActions({ compare, setCompare, view }: Desk): Action[] {
  const group = "Look";
  const only = (id: CompareMode, key: string): Action => ({
    id: `mode-${id}`,
    label: compareModeNames[id],
    keys: [key],
    group,
    run: () => setCompare({ mode: id, showing: "after" }),
  });
  const arrows = [
    ["ArrowLeft", "left", 1, 0],
    ["ArrowRight", "right", -1, 0],
    ["ArrowUp", "up", 0, 1],
    ["ArrowDown", "down", 0, -1],
  ] as const;
  const slide = (id: string, key: string, by: number): Action => ({
    id: `slide-${id}`,
    label: `Slider ${id}`,
    keys: [key],
    group,
    repeats: true,
    enabled: compare.mode === "slider",
    run: () => view.current?.slideBy(by),
  });
  return [
    only("side", "w"),
    only("slider", "c"),
    slide("left", ",", -0.04),
    slide("right", ".", 0.04),
    {
      id: "mode-flicker",
      label: "Flicker between before and after",
      keys: [" "],
      group,
      run: () =>
        setCompare(({ mode, showing }) => ({
          mode: "flicker",
          showing: mode === "flicker" && showing === "before" ? "after" : "before",
        })),
    },
    only("difference", "d"),
    {
      id: "mode-mask",
      label: "Show the mask",
      keys: ["o"],
      group,
      run: () => setCompare(({ mode }) => ({ mode: mode === "mask" ? "side" : "mask", showing: "after" })),
    },
    {
      id: "mode",
      label: `Change the view (now: ${compareModeNames[compare.mode].toLowerCase()})`,
      keys: ["m"],
      group,
      run: () => setCompare(({ mode }) => ({ mode: modeAfter(mode), showing: "after" })),
    },
    { id: "closer", label: "Zoom in", keys: ["+", "="], group, run: () => view.current?.zoom(1.5) },
    { id: "further", label: "Zoom out", keys: ["-"], group, run: () => view.current?.zoom(1 / 1.5) },
    { id: "fit", label: "Fit", keys: ["0"], group, run: () => view.current?.fit() },
    ...arrows.map(([key, name, x, y]) => ({
      id: `pan-${name}`,
      label: `Move the view ${name}`,
      keys: [`Shift+${key}`],
      group,
      repeats: true,
      run: () => view.current?.pan(x * panStep, y * panStep),
    })),
  ];
}

/** CSS pixels that a key moves the view by. */
const panStep = 60;
