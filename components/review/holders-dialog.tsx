"use client";

import { useQuery } from "@tanstack/react-query";
import { Dialog } from "@/components/ui/dialog";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";

/** Who has which samples in hand now. */
export function HoldersDialog({ onClose }: { onClose: () => void }) {
  const holders = useQuery({ ...api.review.holders.queryOptions(), refetchInterval: 5_000 });
  return (
    <Dialog title="Who reviews now" open onClose={onClose}>
      {holders.isPending && (
        <Loading label="Loading who holds what">
          <Skeleton className="h-16" />
        </Loading>
      )}
      {holders.error && <Problem error={holders.error} onRetry={() => void holders.refetch()} />}
      {holders.data?.length === 0 && <p className="text-ink-soft">Nobody holds a sample.</p>}
      <ul className="flex flex-col gap-3">
        {holders.data?.map(({ memberId, name, mine, held, instructions, at, oldestUntil }) => (
          <li key={memberId}>
            <p>
              <span className="font-medium">{mine ? `${name} (you)` : name}</span>
              <span className="text-ink-soft">
                {" "}
                holds {held} {held === 1 ? "sample" : "samples"}, the first until{" "}
                {oldestUntil.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}
              </span>
            </p>
            {at && <p className="truncate text-[13px]">Looks at “{at}”</p>}
            <p className="truncate text-[13px] text-ink-soft">{instructions.join(" · ")}</p>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
