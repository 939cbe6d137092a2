import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/components/ui/format";
import { type BulkTarget, countText } from "./bulk-target";
import { useTargetCount } from "./use-target-count";

interface ChosenBarProps {
  target: BulkTarget;
  onNone: () => void;
  /** What can be done with them. */
  children: ReactNode;
}

/** How many samples are chosen, at the foot of their list, and what can be done with them. */
export function ChosenBar({ target, onNone, children }: ChosenBarProps) {
  const count = useTargetCount(target);
  return (
    <section
      aria-label="Chosen samples"
      className="sticky bottom-4 z-10 mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-xl border border-line-strong/60 bg-panel px-4 py-3 shadow-xl"
    >
      <span role="status" className="mr-1 font-medium tabular-nums">
        {"filter" in target
          ? `Everything that fits${count ? `: ${countText(count)}` : ""}`
          : `${formatCount(target.samples.length)} chosen`}
      </span>
      {children}
      <Button size="small" look="quiet" onClick={onNone} aria-label="Choose none" title="Choose none">
        ✕
      </Button>
    </section>
  );
}
