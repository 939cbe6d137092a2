"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { maskDeskHref } from "@/components/masks/desk-links";
import { Allowed } from "@/components/people/permission";
import { Button, buttonClass } from "@/components/ui/button";
import { TextInput } from "@/components/ui/field";
import { api } from "@/lib/api/client";
import type { bulkKinds, CuratedSample } from "@/lib/api/contract/curate";
import { useBulk } from "./use-bulk";

/** What can be done with the one sample that is open; each action can be taken back from its message. */
export function SampleActions({ sample }: { sample: CuratedSample }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Allowed to="curate">
        <Verdicts sample={sample} />
      </Allowed>
      <Allowed to="annotate">
        <Link href={maskDeskHref({ sampleId: sample.id })} className={buttonClass({ size: "small" })}>
          Draw its mask
        </Link>
      </Allowed>
    </div>
  );
}

function Verdicts({ sample: { id, version, state } }: { sample: CuratedSample }) {
  /** What is still to be said before it is done. */
  const [asking, setAsking] = useState<"why" | "tag" | null>(null);
  const facets = useQuery(api.curate.facets.queryOptions());
  const bulk = useBulk(() => setAsking(null));
  const perform = (kind: (typeof bulkKinds)[number], more: { reasons?: string[]; tag?: string } = {}) =>
    bulk.mutate({ kind, samples: [{ id, version }], ...more });
  const tag = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("tag") ?? "").trim();
    // A tag says nothing about texts or mask: what changed meanwhile is no reason against it.
    if (name) bulk.mutate({ kind: "tag", samples: [{ id }], tag: name });
  };
  const ask = (what: "why" | "tag") => setAsking(asking === what ? null : what);
  return (
    <>
      {state !== "approved" && (
        <Button size="small" look="good" disabled={bulk.isPending} onClick={() => perform("approve")}>
          Approve
        </Button>
      )}
      {state !== "rejected" && (
        <Button size="small" look="bad" aria-expanded={asking === "why"} onClick={() => ask("why")}>
          Reject…
        </Button>
      )}
      {state !== "pending" && (
        <Button size="small" disabled={bulk.isPending} onClick={() => perform("reopen")}>
          Send to review
        </Button>
      )}
      <Button size="small" aria-expanded={asking === "tag"} onClick={() => ask("tag")}>
        Tag…
      </Button>
      {asking === "why" && (
        <span
          role="toolbar"
          aria-label="Why is it rejected?"
          className="order-last flex w-full flex-wrap gap-1.5"
        >
          {facets.data?.reasons.map(({ key, label }) => (
            <Button
              key={key}
              size="small"
              disabled={bulk.isPending}
              onClick={() => perform("reject", { reasons: [key] })}
            >
              {label}
            </Button>
          ))}
        </span>
      )}
      {asking === "tag" && (
        <form onSubmit={tag} className="order-last flex w-full gap-1.5">
          <TextInput
            name="tag"
            aria-label="Tag"
            placeholder="Tag"
            autoFocus
            className="max-w-48"
            maxLength={100}
          />
          <Button size="small" type="submit" disabled={bulk.isPending}>
            Add the tag
          </Button>
        </form>
      )}
    </>
  );
}
