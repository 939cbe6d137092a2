import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { DeskState, ReviewQueue } from "./review-queue";

interface KeptDialogProps {
  queue: ReviewQueue;
  state: DeskState;
  labelOf: (reason: string) => string;
  onClose: () => void;
}

/** Choices that the server did not take, with its reasons, to send again or to let go. */
export function KeptDialog({ queue, state, labelOf, onClose }: KeptDialogProps) {
  return (
    <Dialog title="Choices that were not taken" open onClose={onClose} wide>
      {state.kept.length === 0 && <p className="text-ink-soft">None is left.</p>}
      <ul className="flex flex-col divide-y divide-line">
        {state.kept.map((choice) => {
          const { sampleId, instruction, decision, message } = choice;
          const at = state.items.findIndex(({ sample }) => sample.id === sampleId);
          return (
            <li key={sampleId} className="flex flex-wrap items-center gap-3 py-3">
              <div className="min-w-64 flex-1">
                <p className="font-medium">{instruction}</p>
                <p className={decision.kind === "approve" ? "text-good" : "text-bad"}>
                  {decision.kind === "approve" ? "Approve" : "Reject"}
                  {decision.reasons.length > 0 && `: ${decision.reasons.map(labelOf).join(", ")}`}
                </p>
                <p className="text-[13px] text-ink-soft">{message}</p>
              </div>
              {at !== -1 && (
                <Button
                  size="small"
                  onClick={() => {
                    queue.show(at);
                    onClose();
                  }}
                >
                  Show
                </Button>
              )}
              <Button size="small" look="primary" onClick={() => void queue.resend(choice)}>
                Send again
              </Button>
              <Button size="small" look="quiet" onClick={() => queue.discard(choice)}>
                Let go
              </Button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
