import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { countOf } from "@/components/ui/format";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import type { Sitting } from "../sync/open-sitting";
import type { DeskSource } from "./desk-source";
import type { SupplyState } from "./region-supply";

interface DeskWaitingProps {
  state: SupplyState<Sitting>;
  source: DeskSource;
  onRetry: () => void;
  onTakeOver: () => void;
}

/** What lies over the canvas while no region is on it. */
export function DeskWaiting({ state, source, onRetry, onTakeOver }: DeskWaitingProps) {
  return (
    <div className="absolute inset-0 z-10 flex items-center justify-center overflow-y-auto bg-page p-8">
      {state.kind === "problem" && <Problem error={state.error} onRetry={onRetry} />}
      {state.kind === "empty" && state.elsewhere > 0 && (
        <EmptyState
          title={`Your other window has ${countOf(state.elsewhere, "region")}`}
          actions={
            <>
              <Link href="/masks" className={buttonClass({ look: "plain" })}>
                All masks
              </Link>
              <Button look="primary" onClick={onTakeOver}>
                Take over
              </Button>
            </>
          }
        >
          Another window of yours has {state.elsewhere === 1 ? "it" : "them"}, or had when it was closed;
          nothing else waits here.
        </EmptyState>
      )}
      {state.kind === "empty" && state.elsewhere === 0 && (
        <EmptyState
          title={source.kind === "queue" ? "No mask waits" : "There is nothing to draw on"}
          actions={
            <>
              <button type="button" className={buttonClass({ look: "plain" })} onClick={onRetry}>
                Look again
              </button>
              <Link href="/masks" className={buttonClass({ look: "primary" })}>
                All masks
              </Link>
            </>
          }
        >
          {source.kind === "queue"
            ? "Every region in the queue is finished, skipped or with somebody else. Put more into the queue on the page of all masks."
            : "The region may have been withdrawn."}
        </EmptyState>
      )}
      {(state.kind === "loading" || state.kind === "open") && (
        <Loading label="Loading the image">
          <Skeleton className="size-96 max-w-full" />
        </Loading>
      )}
    </div>
  );
}
