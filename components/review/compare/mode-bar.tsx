import type { Action } from "@/components/actions/action";
import { ariaKeys, keyText } from "@/components/actions/key-text";
import { classNames } from "@/components/ui/class-names";
import { compareModeNames, compareModes } from "./compare-mode";
import type { CompareState } from "./compare-view";

interface ModeBarProps {
  compare: CompareState;
  actions: readonly Action[];
  hasMask: boolean;
}

/** How the pair is compared, under the canvas, and what is on which side, over it. */
export function ModeBar({ compare, actions, hasMask }: ModeBarProps) {
  const of = (id: string) => actions.find((action) => action.id === id)!;
  return (
    <>
      <Labels compare={compare} hasMask={hasMask} />
      <div
        role="toolbar"
        aria-label="Compare"
        className="flex shrink-0 flex-wrap justify-center gap-0.5 py-1 text-white"
      >
        {compareModes.map((mode) => (
          <ModeButton
            key={mode}
            action={of(`mode-${mode}`)}
            label={compareModeNames[mode]}
            pressed={compare.mode === mode}
          />
        ))}
        <ModeButton action={of("fit")} label="Fit" />
      </div>
    </>
  );
}

function ModeButton({ action, label, pressed }: { action: Action; label: string; pressed?: boolean }) {
  const { keys, run } = action;
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-keyshortcuts={ariaKeys(keys)}
      title={keys[0] && `${label} (${keyText(keys[0])})`}
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
      className={classNames(
        "rounded-md px-2.5 py-0.5 text-[13px] whitespace-nowrap focus-visible:outline-white",
        pressed ? "bg-white text-black" : "hover:bg-white/20",
      )}
    >
      {label}
    </button>
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
