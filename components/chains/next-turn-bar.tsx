"use client";

import { useState } from "react";
import { type BulkTarget, countText } from "@/components/curate/bulk-target";
import { ChosenBar } from "@/components/curate/chosen-bar";
import { useTargetCount } from "@/components/curate/use-target-count";
import { useRefusal } from "@/components/people/permission";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Problem } from "@/components/ui/problem";
import { useStartTurn } from "./use-start-turn";

/** Sends the chosen samples on to their next turn, after a yes that says how many and what becomes of them. */
export function NextTurnBar({ target, onDone }: { target: BulkTarget; onDone: () => void }) {
  const [asked, setAsked] = useState(false);
  const count = useTargetCount(target);
  const refusal = useRefusal("curate");
  const one = count?.kind === "exact" && count.samples === 1;
  const start = useStartTurn(() => {
    setAsked(false);
    onDone();
  });
  return (
    <ChosenBar target={target} onNone={onDone}>
      <Button
        look="primary"
        size="small"
        disabled={refusal !== null}
        title={refusal ?? undefined}
        onClick={() => setAsked(true)}
      >
        Start their next turn…
      </Button>
      <Dialog title="Start their next turn?" open={asked} onClose={() => setAsked(false)}>
        <p>
          {count
            ? `${countText(count)} ${one ? "target becomes an anchor" : "targets become anchors"}`
            : "Their targets become anchors"}
          , with the target caption as caption. A run over {one ? "it" : "them"} draws the next turn from
          exactly {one ? "this picture" : "these pictures"}. Until then you can take it back.
        </p>
        {start.isError && <Problem error={start.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setAsked(false)}>Cancel</Button>
          <Button
            look="primary"
            disabled={start.isPending}
            onClick={() =>
              start.mutate(
                "filter" in target
                  ? { samples: target.filter }
                  : { sampleIds: target.samples.map(({ id }) => id) },
              )
            }
          >
            {start.isPending ? "Starting…" : "Start the next turn"}
          </Button>
        </div>
      </Dialog>
    </ChosenBar>
  );
}
