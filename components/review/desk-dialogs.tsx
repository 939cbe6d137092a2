"use client";

import dynamic from "next/dynamic";
import { useToasts } from "@/components/ui/toasts";
import { client } from "@/lib/api/client";
import { HoldersDialog } from "./holders-dialog";
import { KeptDialog } from "./kept-dialog";
import { LogDialog } from "./log-dialog";
import type { DeskDialog } from "./review-actions";
import type { DeskItem, DeskState, ReviewQueue } from "./review-queue";
import { SendBackDialog } from "./send-back-dialog";
import { TextsDialog } from "./texts-dialog";

// The mask desk is as large as all else together, and few samples need it.
const MaskDialog = dynamic(
  () => import("@/components/masks/desk/mask-dialog").then((module) => module.MaskDialog),
  { ssr: false },
);

interface DeskDialogsProps {
  dialog: DeskDialog | null;
  item: DeskItem | undefined;
  queue: ReviewQueue;
  state: DeskState;
  labelOf: (reason: string) => string;
  onClose: () => void;
}

/** What lies over the desk, for the sample on screen. */
export function DeskDialogs({ dialog, item, queue, state, labelOf, onClose }: DeskDialogsProps) {
  const toasts = useToasts();
  if (dialog === "kept") return <KeptDialog {...{ queue, state, labelOf, onClose }} />;
  if (dialog === "holders") return <HoldersDialog onClose={onClose} />;
  if (!dialog || !item) return null;
  const { sample } = item;
  if (dialog === "log") {
    return (
      <LogDialog
        sample={sample}
        labelOf={labelOf}
        onRestored={(restored) => queue.replace(restored)}
        onClose={onClose}
      />
    );
  }
  if (dialog === "mask") {
    const finished = async () => {
      onClose();
      try {
        queue.replace(await client.review.open({ id: sample.id }));
        toasts.say("The sample has the new mask.");
      } catch (error) {
        toasts.complain(error);
      }
    };
    return (
      <MaskDialog
        key={sample.id}
        title="Redraw the mask"
        backLabel="Back to the review"
        load={() => client.masks.open({ sampleId: sample.id })}
        startMask={sample.mask?.sha256}
        close={onClose}
        finished={() => void finished()}
      />
    );
  }
  if (dialog === "send-back") {
    return (
      <SendBackDialog
        sampleId={sample.id}
        onSent={(to) => {
          queue.leave(sample.id);
          const run = () => {
            client.review.answerReturn({ id: sample.id }).then(
              () => toasts.say("It waits for reviewers again."),
              (error: unknown) => toasts.complain(error),
            );
          };
          toasts.say(`Sent back to ${to}.`, { label: "Take it back", run });
        }}
        onClose={onClose}
      />
    );
  }
  return (
    <TextsDialog
      key={sample.id}
      sample={sample}
      purpose={dialog}
      onSaved={(saved) => queue.replace(saved)}
      onRegenerated={() => {
        queue.rejected(sample.id);
        toasts.say("Rejected, and its edit is drawn again: what comes of it waits here.");
      }}
      onClose={onClose}
    />
  );
}
