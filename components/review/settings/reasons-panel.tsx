"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Key } from "@/components/actions/shortcut-help";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToasts } from "@/components/ui/toasts";
import { api, client } from "@/lib/api/client";
import type { RejectReasonView } from "@/lib/api/contract/review";

/** The reasons for rejecting, one for each digit key. */
export function ReasonsPanel() {
  const queries = useQueryClient();
  const toasts = useToasts();
  const reasons = useQuery(api.review.reasons.queryOptions());
  const [label, setLabel] = useState("");
  const active = (reasons.data ?? []).filter(({ deleted }) => !deleted);

  const change = async (request: Promise<RejectReasonView[]>) => {
    try {
      queries.setQueryData(api.review.reasons.queryKey(), await request);
      return true;
    } catch (error) {
      toasts.complain(error);
      await reasons.refetch();
      return false;
    }
  };
  const remove = async ({ id, version, label: gone }: RejectReasonView) => {
    if (!(await change(client.review.deleteReason({ id, version })))) return;
    const again = () => void change(client.review.addReason({ label: gone }));
    toasts.say(`“${gone}” is gone; decisions that name it keep it.`, { label: "Undo", run: again });
  };

  return (
    <Panel title="Reasons for rejecting">
      {reasons.error && <Problem error={reasons.error} onRetry={() => void reasons.refetch()} />}
      {reasons.isPending && (
        <Loading label="Loading the reasons">
          <Skeleton className="h-40" />
        </Loading>
      )}
      <ol className="flex flex-col gap-1.5">
        {active.map((reason, index) => (
          <li key={reason.id} className="flex items-center gap-2">
            <Key name={String(index + 1)} />
            <TextInput
              key={reason.version}
              aria-label={`Reason ${index + 1}`}
              className="h-8"
              maxLength={60}
              defaultValue={reason.label}
              onBlur={({ target }) => {
                const text = target.value.trim();
                const { id, version } = reason;
                if (text === "") target.value = reason.label;
                else if (text !== reason.label)
                  void change(client.review.renameReason({ id, version, label: text }));
              }}
            />
            <Button
              look="quiet"
              size="small"
              aria-label={`Delete ${reason.label}`}
              onClick={() => void remove(reason)}
            >
              Delete
            </Button>
          </li>
        ))}
      </ol>
      {active.length < 9 && reasons.data && (
        <form
          className="mt-3 flex gap-2"
          onSubmit={async (event) => {
            event.preventDefault();
            if (label.trim() && (await change(client.review.addReason({ label })))) setLabel("");
          }}
        >
          <TextInput
            aria-label="New reason"
            placeholder="New reason"
            className="h-8"
            maxLength={60}
            value={label}
            onChange={({ target }) => setLabel(target.value)}
          />
          <Button type="submit" size="small" className="h-8" disabled={label.trim() === ""}>
            Add
          </Button>
        </form>
      )}
    </Panel>
  );
}
