"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
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
  const [confirming, setConfirming] = useState(false);
  const control = useMutation(
    api.runs.control.mutationOptions({
      onSuccess: (changed) => {
        setConfirming(false);
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
  if (confirming && events.includes("cancel")) {
    return (
      <div className="flex items-center gap-2">
        <span className="text-[13px]">End it for good? What it has made stays.</span>
        <Button look="bad" disabled={control.isPending} onClick={() => send("cancel")}>
          Cancel the run
        </Button>
        <Button look="quiet" onClick={() => setConfirming(false)}>
          Go on
        </Button>
      </div>
    );
  }
  return (
    <>
      {events.map((event) => (
        <Button
          key={event}
          look={event === "cancel" ? "danger" : event === "resume" ? "primary" : "plain"}
          disabled={control.isPending}
          onClick={() => (event === "cancel" ? setConfirming(true) : send(event))}
        >
          {event === "cancel" ? "Cancel…" : labels[event]}
        </Button>
      ))}
      <Link href={`/runs/new?from=${run.id}`} className={buttonClass({})}>
        New run like this
      </Link>
    </>
  );
}
