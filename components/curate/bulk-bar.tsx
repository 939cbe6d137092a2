"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Select, TextInput } from "@/components/ui/field";
import { formatCount } from "@/components/ui/format";
import { api } from "@/lib/api/client";
import type { bulkKinds } from "@/lib/api/contract/curate";
import { type BulkTarget, countText } from "./bulk-target";
import { EverythingDialog } from "./everything-dialog";
import { useBulk } from "./use-bulk";

type Kind = (typeof bulkKinds)[number];

/** What can be done with all chosen samples at once; each action can be taken back from its message or the history. */
export function BulkBar({ target, onDone }: { target: BulkTarget; onDone: () => void }) {
  const [tag, setTag] = useState("");
  const [reason, setReason] = useState("");
  /** An action on everything that waits for a yes. */
  const [asked, setAsked] = useState<Kind | null>(null);
  const facets = useQuery(api.curate.facets.queryOptions());
  const tags = useQuery(api.curate.tags.queryOptions());
  const whole = "filter" in target;
  const count = useQuery({
    ...api.curate.count.queryOptions({ input: { filter: whole ? target.filter : {} } }),
    enabled: whole,
  });
  const bulk = useBulk(onDone);
  const perform = (kind: Kind) =>
    bulk.mutate({
      kind,
      ...(whole
        ? { filter: target.filter }
        : {
            samples: target.samples.map(({ id, version }) => ({
              id,
              ...(version !== undefined && { version }),
            })),
          }),
      ...((kind === "tag" || kind === "untag") && { tag }),
      ...(kind === "reject" && reason && { reasons: [reason] }),
    });
  const run = (kind: Kind) => (whole ? setAsked(kind) : perform(kind));
  const named = tag.trim() !== "";
  const known = tags.data?.some(({ name }) => name === tag.trim());
  return (
    <section
      aria-label="Chosen samples"
      className="sticky bottom-4 z-10 mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-xl border border-line-strong/60 bg-panel px-4 py-3 shadow-xl"
    >
      <span className="mr-1 font-medium tabular-nums">
        {whole
          ? `Everything that fits${count.data ? `: ${countText(count.data)}` : ""}`
          : `${formatCount(target.samples.length)} chosen`}
      </span>
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
      <EverythingDialog
        kind={asked}
        tag={tag.trim()}
        count={count.data}
        onClose={() => setAsked(null)}
        onYes={(kind) => {
          setAsked(null);
          perform(kind);
        }}
      />
    </section>
  );
}
