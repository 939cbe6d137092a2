"use client";

import { type RefObject, useState } from "react";
import { useActions } from "@/components/actions/use-actions";
import { deskActions } from "./desk-actions";
import type { DeskDialog } from "./desk-scope";
import type { DeskSource, InlineDesk } from "./desk-source";
import { operationChoices } from "./operations";
import { startValue } from "./operations-panel";
import type { DeskParts } from "./use-desk";
import type { Layer } from "./use-layers";
import { useLookIfAny } from "./use-store";

/** Narrower windows begin without the panels, CSS pixels. */
const smallPx = 768;

/** The desk's actions with the person's keys, and what they open: dialogs, panels, and the choice of a reason to skip. */
export function useDeskActions(
  parts: DeskParts,
  source: DeskSource,
  layers: readonly Layer[],
  textRef: RefObject<HTMLInputElement | null>,
  /** An element of the desk, where the desk lies in a dialog. */
  scope: RefObject<HTMLElement | null>,
  inline?: InlineDesk,
) {
  const { desk, state } = parts;
  const [dialog, setDialog] = useState<DeskDialog | null>(null);
  const [skipping, setSkipping] = useState(false);
  // In a small window they would leave the canvas no room: they lie over it when they are asked for.
  const [panels, setPanels] = useState(() => typeof window === "undefined" || window.innerWidth >= smallPx);
  const look = useLookIfAny(desk?.store ?? null, ({ history, hasProposal, shownLayer }) => ({
    undo: history.undo,
    redo: history.redo,
    hasProposal,
    shownLayer,
  }));
  const skip = (reason: string) => {
    setSkipping(false);
    parts.skip(reason);
  };
  const definitions =
    desk && look && state.kind === "open"
      ? deskActions({
          desk,
          look,
          leave: inline?.close,
          layers: layers.map(({ name }) => name),
          skipping,
          setSkipping,
          work: {
            finish: parts.finish,
            skip: inline ? null : skip,
            back: parts.back,
            backLabel: inline?.backLabel ?? "Back to the last one",
            finishLabel: source.kind === "queue" ? "Finish, next" : "Finish",
          },
          openDialog: setDialog,
          togglePanels: () => setPanels(!panels),
          findText() {
            const { tool } = desk.editor;
            if (tool !== "points" && tool !== "box") desk.editor.setTool("points");
            desk.store.refresh();
            // The field is there once the tool's settings are.
            setTimeout(() => {
              textRef.current?.focus();
              // Another word takes the old one's place.
              textRef.current?.select();
            }, 50);
          },
          beginOperation(id) {
            const choice = operationChoices.find((operation) => operation.id === id)!;
            desk.preview.show(choice.label, choice.make(startValue(choice)));
          },
        })
      : [];
  const { actions, help, dialog: helpDialog } = useActions("masks", definitions, scope);
  return { actions, help, helpDialog, dialog, setDialog, skipping, skip, panels };
}
