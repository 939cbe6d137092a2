"use client";

import { useQuery } from "@tanstack/react-query";
import { useConnected } from "@/components/live/live-updates";
import { classNames } from "@/components/ui/class-names";
import { api } from "@/lib/api/client";

/** Counts and workers of the studio, as the frame around every page shows them. */
export function useOverview() {
  return useQuery(api.project.overview.queryOptions({ refetchInterval: 15_000 })).data;
}

/** Whether the studio answers and what its workers do: a light, with the words beside it or for its tooltip only. */
export function StudioState({ wordsClass = "" }: { wordsClass?: string }) {
  const connected = useConnected();
  const workers = useOverview()?.workers;
  const busy = workers?.find((worker) => worker.activity !== "waiting");
  const [tone, text] = !connected
    ? ["bg-bad", "Studio does not answer"]
    : !workers
      ? ["bg-line-strong", "Connecting"]
      : workers.length === 0
        ? ["bg-warn", "No worker is running"]
        : ["bg-good", busy ? `Worker: ${busy.activity}` : "Worker is waiting"];
  return (
    <p role="status" title={text} className="flex items-start gap-2 text-xs text-ink-soft">
      <span aria-hidden className={classNames("mt-1 size-2 shrink-0 rounded-full", tone)} />
      <span className={wordsClass}>{text}</span>
    </p>
  );
}
