import { memo, useEffect, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { Picture } from "@/components/ui/picture";
import type { Cell } from "./use-batch";

interface BatchCellProps {
  cell: Cell;
  index: number;
  current: boolean;
  chosen: boolean;
  showing: "after" | "before" | "both";
  onPick: (index: number, how: "only" | "toggle" | "extend") => void;
}

/** A pair of a sheet: before and after, its instruction, and what became of it. */
export const BatchCell = memo(function BatchCell(props: BatchCellProps) {
  const { cell, index, current, chosen, showing, onPick } = props;
  const { sample } = cell.claim;
  const ref = useRef<HTMLButtonElement>(null);
  // The viewport is the external system.
  useEffect(() => {
    if (current) ref.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const images = { both: [sample.source, sample.target], before: [sample.source], after: [sample.target] }[
    showing
  ];
  return (
    <button
      ref={ref}
      type="button"
      role="option"
      aria-selected={chosen}
      aria-label={`${sample.instruction}${cell.mine ? `, ${cell.mine === "approve" ? "approved" : "rejected"}` : ""}`}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) =>
        onPick(index, event.shiftKey ? "extend" : event.ctrlKey || event.metaKey ? "toggle" : "only")
      }
      className={classNames(
        "flex flex-col gap-1 rounded-lg border-2 p-1 text-left",
        cell.mine === "approve" && "border-good bg-good-soft",
        cell.mine === "reject" && "border-bad bg-bad-soft",
        cell.mine === null && (chosen ? "border-accent bg-sunken" : "border-line bg-panel"),
        current && "outline-2 outline-offset-1 outline-accent",
        cell.saving && "opacity-60",
      )}
    >
      <span className="flex gap-0.5">
        {images.map((image, side) => (
          <Picture
            // biome-ignore lint/suspicious/noArrayIndexKey: before and after have no other name
            key={side}
            image={image}
            alt=""
            width={showing === "both" ? 90 : 180}
            eager
            className="aspect-square w-0 min-w-0 flex-1 rounded object-contain"
          />
        ))}
      </span>
      <span className="line-clamp-2 min-h-8 text-xs">{sample.instruction}</span>
      {cell.refusal && <span className="text-xs text-bad">{cell.refusal}</span>}
    </button>
  );
});
