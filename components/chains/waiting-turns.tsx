"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Allowed } from "@/components/people/permission";
import { buttonClass } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { formatCount, formatMoment } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Picture } from "@/components/ui/picture";
import { api } from "@/lib/api/client";
import type { WaitingTurnView } from "@/lib/api/contract/chains";
import { nextTurnRunHref } from "./next-turn-href";
import { useUndoTurn } from "./use-start-turn";

/** What was sent on and waits for a run, with the way to that run and the way back. */
export function WaitingTurns() {
  const waiting = useQuery(api.chains.waiting.queryOptions()).data ?? [];
  if (waiting.length === 0) return null;
  return (
    <Panel title="Waiting for a run" className="mb-6">
      <ul className="flex flex-col divide-y divide-line">
        {waiting.map((turn) => (
          <WaitingTurn key={turn.importId} turn={turn} />
        ))}
      </ul>
    </Panel>
  );
}

function WaitingTurn({ turn: { importId, anchors, startedAt, images } }: { turn: WaitingTurnView }) {
  const undo = useUndoTurn();
  const one = anchors === 1;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2.5 py-3 first:pt-0 last:pb-0">
      <span aria-hidden className="flex flex-wrap gap-1">
        {images.map((image) => (
          <Picture
            key={image.sha256}
            image={image}
            alt=""
            width={44}
            className="size-11 rounded object-cover"
          />
        ))}
      </span>
      <span className="min-w-0 flex-1 basis-48">
        <span className="font-medium whitespace-nowrap tabular-nums">
          {formatCount(anchors)} {one ? "picture" : "pictures"}
        </span>{" "}
        <span className="text-[13px] text-ink-soft">sent on {formatMoment(startedAt)}</span>
      </span>
      <Allowed to="curate">
        {importId && (
          <ConfirmButton
            question={`Take ${one ? "this anchor" : `these ${formatCount(anchors)} anchors`} back?`}
            yes="Take back"
            disabled={undo.isPending}
            onConfirm={() => undo.mutate({ importId })}
          >
            Take back…
          </ConfirmButton>
        )}
        <Link href={nextTurnRunHref(importId)} className={buttonClass({ look: "primary" })}>
          {importId
            ? `New run over ${one ? "it" : `these ${formatCount(anchors)}`}`
            : "New run over sample images"}
        </Link>
      </Allowed>
    </li>
  );
}
