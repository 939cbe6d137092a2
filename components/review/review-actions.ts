import type { Dispatch, RefObject, SetStateAction } from "react";
import type { Action } from "@/components/actions/action";
import { rejectReasons } from "@/lib/domain/reject-reasons";
import { compareModeNames, modeAfter } from "./compare/compare-mode";
import type { CompareState, CompareView } from "./compare/compare-view";
import type { DeskState, ReviewQueue } from "./review-queue";

interface Desk {
  queue: ReviewQueue;
  state: DeskState;
  compare: CompareState;
  setCompare: Dispatch<SetStateAction<CompareState>>;
  /** A reason is being chosen. */
  rejecting: boolean;
  setRejecting: (rejecting: boolean) => void;
  view: RefObject<CompareView | null>;
}

/** Everything a reviewer can do at the desk, in the order of the help. */
export function reviewActions(desk: Desk): Action[] {
  return [...decisionActions(desk), ...reasonActions(desk), ...moveActions(desk), ...lookActions(desk)];
}

function decisionActions({ queue, state, rejecting, setRejecting }: Desk): Action[] {
  const enabled = state.index < state.items.length;
  const group = "Decide";
  return [
    {
      id: "approve",
      label: "Approve",
      keys: rejecting ? ["a"] : ["a", "Enter"],
      group,
      enabled,
      run: () => {
        setRejecting(false);
        queue.decide({ kind: "approve" });
      },
    },
    {
      id: "reject",
      label: "Reject",
      keys: ["x", "Backspace"],
      group,
      enabled,
      run: () => setRejecting(!rejecting),
    },
    {
      id: "undo",
      label: "Undo",
      keys: ["u", "Ctrl+z"],
      group,
      enabled: state.undoable > 0,
      run: () => {
        setRejecting(false);
        queue.undo();
      },
    },
  ];
}

function reasonActions({ queue, rejecting, setRejecting }: Desk): Action[] {
  const group = "Why rejected, after X";
  const reject = (reasons: (typeof rejectReasons)[number]["id"][]) => {
    setRejecting(false);
    queue.decide({ kind: "reject", reasons });
  };
  return [
    ...rejectReasons.map(({ id, label }, index) => ({
      id: `reason-${id}`,
      label,
      keys: [String(index + 1)],
      group,
      enabled: rejecting,
      run: () => reject([id]),
    })),
    {
      id: "no-reason",
      label: "No reason",
      keys: rejecting ? ["Enter"] : [],
      group,
      enabled: rejecting,
      run: () => reject([]),
    },
    {
      id: "keep",
      label: "Back",
      keys: ["Escape"],
      group,
      enabled: rejecting,
      run: () => setRejecting(false),
    },
  ];
}

function moveActions({ queue, state, setRejecting }: Desk): Action[] {
  const group = "Move";
  const move = (by: 1 | -1) => () => {
    setRejecting(false);
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
  return [
    {
      id: "flicker",
      label: "Flicker between before and after",
      keys: [" "],
      group,
      run: () =>
        setCompare(({ mode, showing }) => ({
          mode: "flicker",
          showing: mode === "flicker" && showing === "before" ? "after" : "before",
        })),
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
  ];
}
