"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Select, TextInput } from "@/components/ui/field";
import { formatCount } from "@/components/ui/format";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { BulkView } from "@/lib/api/contract/curate";

export interface ChosenSample {
  id: string;
  /** As it was seen; absent on the map, where only the place was seen. */
  version?: number;
}

/** What can be done with all chosen samples at once; each action can be taken back from its message or the history. */
export function BulkBar({ chosen, onDone }: { chosen: readonly ChosenSample[]; onDone: () => void }) {
  const toasts = useToasts();
  const queries = useQueryClient();
  const [tag, setTag] = useState("");
  const [reason, setReason] = useState("");
  const facets = useQuery(api.curate.facets.queryOptions());
  const tags = useQuery(api.curate.tags.queryOptions());
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: api.curate.key() });
    void queries.invalidateQueries({ queryKey: ["embedding-map"] });
  };
  const undo = useMutation(
    api.curate.undoBulk.mutationOptions({
      onSuccess: (bulk) => {
        toasts.say(`Taken back on ${formatCount(bulk.restored)} samples.`);
        refresh();
      },
      onError: (error) => toasts.complain(error),
    }),
  );
  const bulk = useMutation(
    api.curate.bulk.mutationOptions({
      onSuccess: (done) => {
        toasts.say(bulkSentence(done), { label: "Undo", run: () => undo.mutate({ id: done.id }) });
        refresh();
        onDone();
      },
      onError: (error) => toasts.complain(error),
    }),
  );
  const run = (kind: "tag" | "untag" | "approve" | "reject" | "reopen") =>
    bulk.mutate({
      kind,
      samples: chosen.map(({ id, version }) => ({ id, ...(version !== undefined && { version }) })),
      ...((kind === "tag" || kind === "untag") && { tag }),
      ...(kind === "reject" && reason && { reasons: [reason] }),
    });
  const named = tag.trim() !== "";
  const known = tags.data?.some(({ name }) => name === tag.trim());
  return (
    <section
      aria-label="Chosen samples"
      className="sticky bottom-4 z-10 mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-xl border border-line-strong/60 bg-panel px-4 py-3 shadow-xl"
    >
      <span className="mr-1 font-medium tabular-nums">{formatCount(chosen.length)} chosen</span>
      <TextInput
        aria-label="Tag for the chosen samples"
        placeholder="Tag"
        list="known-tags"
        className="max-w-32"
        value={tag}
        onChange={({ target }) => setTag(target.value)}
      />
      <datalist id="known-tags">
        {tags.data?.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      <Button size="small" onClick={() => run("tag")} disabled={!named || bulk.isPending}>
        Tag
      </Button>
      <Button size="small" onClick={() => run("untag")} disabled={!known || bulk.isPending}>
        Untag
      </Button>
      <span aria-hidden className="mx-1 h-6 border-l border-line" />
      <Button size="small" look="good" onClick={() => run("approve")} disabled={bulk.isPending}>
        Approve
      </Button>
      <Button size="small" look="bad" onClick={() => run("reject")} disabled={bulk.isPending}>
        Reject
      </Button>
      <Select
        aria-label="Reason for rejecting"
        className="max-w-48"
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      >
        <option value="">without a reason</option>
        {facets.data?.reasons.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </Select>
      <Button size="small" onClick={() => run("reopen")} disabled={bulk.isPending}>
        Send to review
      </Button>
      <Button size="small" look="quiet" onClick={onDone}>
        Choose none
      </Button>
    </section>
  );
}

const verbs: Record<BulkView["kind"], string> = {
  tag: "Tagged",
  untag: "Untagged",
  approve: "Approved",
  reject: "Rejected",
  reopen: "Sent to review:",
  policy: "Decided by a model:",
};

export function bulkSentence({ kind, changed, left, detail }: BulkView): string {
  const what = kind === "tag" || kind === "untag" ? ` “${detail}”` : "";
  const rest = left > 0 ? ` ${formatCount(left)} were left: changed meanwhile, or so already.` : "";
  return `${verbs[kind]} ${formatCount(changed)} samples${what}.${rest}`;
}
