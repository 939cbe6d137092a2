"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { QueueMasks } from "@/components/masks/queue-masks";
import { useRefusal } from "@/components/people/permission";
import { Button } from "@/components/ui/button";
import { Select, TextInput } from "@/components/ui/field";
import { api } from "@/lib/api/client";
import type { bulkKinds } from "@/lib/api/contract/curate";
import { type BulkTarget, countText } from "./bulk-target";
import { ChosenBar } from "./chosen-bar";
import { EverythingDialog } from "./everything-dialog";
import { useBulk } from "./use-bulk";
import { useTargetCount } from "./use-target-count";

type Kind = (typeof bulkKinds)[number];

/** What can be done with all chosen samples at once; each action can be taken back from its message or the history. */
export function BulkBar({ target, onDone }: { target: BulkTarget; onDone: () => void }) {
  const [tag, setTag] = useState("");
  const [reason, setReason] = useState("");
  /** An action on everything that waits for a yes. */
  const [asked, setAsked] = useState<Kind | null>(null);
  const facets = useQuery(api.curate.facets.queryOptions());
  const tags = useQuery(api.curate.tags.queryOptions());
  const refusal = useRefusal("curate");
  const whole = "filter" in target;
  const count = useTargetCount(target);
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
    <ChosenBar target={target} onNone={onDone}>
      {refusal === null ? (
        <>
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
            className="max-w-40"
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          >
            <option value="">no reason</option>
            {facets.data?.reasons.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </Select>
          <Button size="small" onClick={() => run("reopen")} disabled={bulk.isPending}>
            Send to review
          </Button>
        </>
      ) : (
        <span className="text-[13px] text-ink-soft">{refusal}</span>
      )}
      <QueueMasks size="small" request={{ kind: "sample", ...maskTarget(target) }} onDone={onDone}>
        {count ? `${countText(count)} ${count.samples === 1 ? "sample gets" : "samples get"}` : "They get"} a
        region to draw on the source image, with the edited one beside it.
      </QueueMasks>
      <EverythingDialog
        kind={asked}
        tag={tag.trim()}
        count={count}
        onClose={() => setAsked(null)}
        onYes={(kind) => {
          setAsked(null);
          perform(kind);
        }}
      />
    </ChosenBar>
  );
}

function maskTarget(target: BulkTarget) {
  return "filter" in target ? { samples: target.filter } : { sampleIds: target.samples.map(({ id }) => id) };
}
