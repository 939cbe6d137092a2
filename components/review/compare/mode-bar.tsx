import type { Dispatch, SetStateAction } from "react";
import { classNames } from "@/components/ui/class-names";
import { compareModeNames, compareModes } from "./compare-mode";
import type { CompareState } from "./compare-view";

interface ModeBarProps {
  compare: CompareState;
  onChange: Dispatch<SetStateAction<CompareState>>;
  onFit: () => void;
  hasMask: boolean;
}

/** How the pair is compared, and what is on which side, over the canvas. */
export function ModeBar({ compare, onChange, onFit, hasMask }: ModeBarProps) {
  const keepFocus = (event: React.MouseEvent) => event.preventDefault();
  return (
    <>
      <Labels compare={compare} hasMask={hasMask} />
      <div
        role="toolbar"
        aria-label="Compare"
        className="absolute bottom-4 left-1/2 flex -translate-x-1/2 gap-0.5 rounded-lg bg-black/65 p-1 text-white"
      >
        {compareModes.map((mode) => (
          <button
            key={mode}
            type="button"
            aria-pressed={compare.mode === mode}
            onMouseDown={keepFocus}
            onClick={() => onChange({ mode, showing: "after" })}
            className={classNames(
              "rounded-md px-2.5 py-1 text-[13px] focus-visible:outline-white",
              compare.mode === mode ? "bg-white text-black" : "hover:bg-white/20",
            )}
          >
            {compareModeNames[mode]}
          </button>
        ))}
        <button
          type="button"
          onMouseDown={keepFocus}
          onClick={onFit}
          className="rounded-md px-2.5 py-1 text-[13px] hover:bg-white/20 focus-visible:outline-white"
        >
          Fit
        </button>
      </div>
    </>
  );
}

function Labels({ compare: { mode, showing }, hasMask }: { compare: CompareState; hasMask: boolean }) {
  if (mode === "mask") {
    return (
      <Label place="left-4">{hasMask ? "After, and where it may change" : "After; it has no mask"}</Label>
    );
  }
  if (mode === "difference") return <Label place="left-4">Difference, four times as strong</Label>;
  if (mode === "flicker") return <Label place="left-4">{showing === "before" ? "Before" : "After"}</Label>;
  return (
    <>
      <Label place="left-4">Before</Label>
      <Label place={mode === "side" ? "left-[calc(50%+1rem)]" : "right-4"}>After</Label>
    </>
  );
}

function Label({ place, children }: { place: string; children: string }) {
  return (
    <span
      className={classNames(
        "pointer-events-none absolute top-4 rounded bg-black/65 px-2 py-0.5 text-xs font-medium text-white",
        place,
      )}
    >
      {children}
    </span>
  );
}
