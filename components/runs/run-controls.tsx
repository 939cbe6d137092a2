"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useShortcuts } from "@/components/actions/use-shortcuts";
import { Button, buttonClass } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { RunView } from "@/lib/api/contract/runs";
import { allowedRunEvents } from "@/lib/domain/run-state";

const labels = { pause: "Pause", resume: "Resume", cancel: "Cancel", retry: "Retry what failed" } as const;
type Control = keyof typeof labels;

/** What can be done to a run in its state. */
export function RunControls({ run }: { run: RunView }) {
  const toasts = useToasts();
  const queries = useQueryClient();
  const control = useMutation(
    api.runs.control.mutationOptions({
      onSuccess: (changed) => {
        queries.setQueryData(api.runs.get.queryKey({ input: { id: run.id } }), changed);
      },
      onError: (error) => toasts.complain(error),
    }),
  );
  const anythingFailed = run.stages.some(({ failed }) => failed > 0) || run.state === "failed";
  const events = allowedRunEvents(run.state).filter(
    (event): event is Control => event in labels && (event !== "retry" || anythingFailed),
  );
  const send = (event: Control) => control.mutate({ id: run.id, event });
  // What cannot be taken back is asked for in its own place.
  const quiet = events.filter((event) => event !== "cancel");
  useShortcuts(
    quiet.map((event) => ({
      id: `run-${event}`,
      label: labels[event],
      keys: [],
      group: "This run",
      enabled: !control.isPending,
      run: () => send(event),
    })),
  );
  return (
    <>
      {events.map((event) =>
        event === "cancel" ? (
          <ConfirmButton
            key={event}
            question="End it for good? What it has made stays; the batch in hand is dropped."
            yes="Cancel the run"
            no="Go on"
            disabled={control.isPending}
            onConfirm={() => send(event)}
          >
            Cancel…
          </ConfirmButton>
        ) : (
          <Button
            key={event}
            look={event === "resume" ? "primary" : "plain"}
            disabled={control.isPending}
            onClick={() => send(event)}
          >
            {labels[event]}
          </Button>
        ),
      )}
      <Link href={`/runs/new?from=${run.id}`} className={buttonClass({})}>
        New run like this
      </Link>
    </>
  );
}
