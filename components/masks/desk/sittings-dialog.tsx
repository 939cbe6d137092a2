"use client";

import { useState } from "react";
import { formatMoment } from "@/components/ui/format";
import { combineMasks } from "@/lib/domain/masks/combine-masks";
import type { UnsentMask } from "../sync/open-sitting";
import { setAside } from "../sync/set-aside";
import type { DeskController, Shown } from "./desk-controller";
import { maskCodec } from "./mask-work";
import { type MaskChoice, TwoMasksDialog } from "./two-masks-dialog";
import { useStoreState } from "./use-store";

/**
 * Strokes of still older sittings (another tab that died, an evening offline) that never reached the server: the newest
 * ones are on screen, and each of the others is offered beside it, once those are on the server.
 */
export function SittingsDialog({ desk, shown }: { desk: DeskController; shown: Shown }) {
  const [others, setOthers] = useState<readonly UnsentMask[]>(shown.sitting.olderUnsent);
  const state = useStoreState(shown.sync);
  const [older] = others;
  const saved = state.sending.kind === "idle" && state.revision === state.savedRevision;
  return older && (saved || others !== shown.sitting.olderUnsent) ? (
    <Offer
      key={older.session}
      {...{ desk, shown, older }}
      onDone={() => setOthers(others.filter((other) => other !== older))}
    />
  ) : null;
}

interface OfferProps {
  desk: DeskController;
  shown: Shown;
  older: UnsentMask;
  onDone: () => void;
}

function Offer({ desk, shown, older, onDone }: OfferProps) {
  const [first] = useState(() => desk.editor.getMask());
  const { editor } = desk;
  const choose = async (choice: MaskChoice) => {
    // What is on screen is a revision already, or becomes one; taken whole, the other does too.
    if (choice !== "second") await setAside(shown.sync.region(), older.mask, maskCodec);
    if (choice === "second") {
      editor.applyMask(older.mask, { label: "Older strokes", mode: "replace" });
    } else if (choice !== "first") {
      editor.applyMask(combineMasks(editor.getMask(), older.mask, choice), {
        label: choice === "union" ? "Both together" : "What both have",
        mode: "replace",
      });
    }
    await shown.sitting.journal?.forget(older.session);
    onDone();
  };
  const when = formatMoment(new Date(older.updatedAt));
  return (
    <TwoMasksDialog
      title="Strokes of another sitting"
      later={`There are more strokes on this computer, drawn ${when}. They are kept until you choose.`}
      image={shown.sitting.region.image}
      masks={{
        first: { title: "On the canvas now", choose: "Keep this", label: "On the canvas now", mask: first },
        second: { title: `Drawn ${when}`, choose: "Take this", label: "The other sitting", mask: older.mask },
      }}
      onChoose={choose}
    >
      This computer has strokes of another sitting at this mask that never reached the server. Which one is to
      stand? The other goes into the version history.
    </TwoMasksDialog>
  );
}
