import type { ReactNode } from "react";
import { useId } from "react";
import type { Action } from "@/components/actions/action";
import { ariaKeys, keyText } from "@/components/actions/key-text";
import { classNames } from "@/components/ui/class-names";

/** An icon of a 20×20 grid as 1.5 px lines. */
export function Icon({ path, className }: { path: string; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      className={classNames("size-5 shrink-0 fill-none stroke-current", className)}
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={path} />
    </svg>
  );
}

interface IconActionProps {
  action: Action;
  /** It is on: the tool in hand. */
  active?: boolean;
  /** More than the label, for the tooltip. */
  hint?: string;
  className?: string;
}

/** An action as an icon; name, use and key are in its tooltip. */
export function IconAction({ action, active, hint, className }: IconActionProps) {
  const keys = action.keys.map(keyText).join(" or ");
  return (
    <button
      type="button"
      aria-label={action.label}
      aria-pressed={active}
      aria-keyshortcuts={ariaKeys(action.keys)}
      title={`${action.label}${keys && ` (${keys})`}${hint ? `\n${hint}` : ""}`}
      disabled={action.enabled === false}
      onClick={action.run}
      // A click must not take the focus: the keys would then belong to the button.
      onMouseDown={(event) => event.preventDefault()}
      className={classNames(
        "flex size-9 items-center justify-center rounded-md border transition-colors disabled:opacity-40 pointer-coarse:size-11",
        active
          ? "border-accent bg-accent-soft text-accent"
          : "border-transparent text-ink-soft hover:bg-sunken hover:text-ink",
        className,
      )}
    >
      <Icon path={action.icon ?? ""} />
    </button>
  );
}

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  unit?: string;
  /** Equal steps on the slider are equal factors: small values are finer. */
  curved?: boolean;
  /** What is written beside it; the value and unit by default. */
  text?: string;
  hideLabel?: boolean;
  onChange: (value: number) => void;
  className?: string;
}

const curveSteps = 1000;

/** A labelled slider with its value. */
export function Slider({
  label,
  value,
  min,
  max,
  step = 1,
  unit = "",
  curved,
  text,
  hideLabel,
  onChange,
  className,
}: SliderProps) {
  const id = useId();
  const toTrack = (v: number) => (curved ? curveSteps * (Math.log(v / min) / Math.log(max / min)) : v);
  const fromTrack = (t: number) => {
    if (!curved) return t;
    const raw = min * (max / min) ** (t / curveSteps);
    return Math.min(max, Math.max(min, Math.round(raw / step) * step));
  };
  const shown = text ?? `${Number(value.toFixed(2))}${unit && ` ${unit}`}`;
  return (
    <div className={classNames("flex items-center gap-2 text-[13px]", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "shrink-0 text-ink-soft"}>
        {label}
      </label>
      <input
        id={id}
        type="range"
        min={curved ? 0 : min}
        max={curved ? curveSteps : max}
        step={curved ? 1 : step}
        value={toTrack(value)}
        aria-valuetext={shown}
        onChange={({ target }) => onChange(fromTrack(Number(target.value)))}
        className="h-5 min-w-12 flex-1 accent-accent"
      />
      <output htmlFor={id} className="w-13 shrink-0 text-right text-xs tabular-nums">
        {shown}
      </output>
    </div>
  );
}

interface SegmentsProps<Value extends string> {
  label: string;
  choices: readonly { value: Value; label: string; hint?: string; disabled?: boolean }[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
}

/** One of a few, as joined buttons. */
export function Segments<Value extends string>({
  label,
  choices,
  value,
  onChange,
  className,
}: SegmentsProps<Value>) {
  return (
    <fieldset className={classNames("flex rounded-md border border-line bg-sunken p-0.5", className)}>
      <legend className="sr-only">{label}</legend>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          title={choice.hint}
          disabled={choice.disabled}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
          onMouseDown={(event) => event.preventDefault()}
          className={classNames(
            "flex-1 rounded px-2 py-0.5 text-[13px] whitespace-nowrap disabled:opacity-40",
            choice.value === value
              ? "bg-panel font-medium text-ink shadow-sm"
              : "text-ink-soft hover:text-ink",
          )}
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  );
}

export function Check({
  label,
  checked,
  onChange,
  title,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  title?: string;
}) {
  return (
    <label title={title} className="flex items-center gap-1.5 text-[13px] whitespace-nowrap">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="size-4 accent-accent"
      />
      {label}
    </label>
  );
}

/** A part of the panel that can be folded. */
export function Section({
  title,
  open,
  children,
  aside,
}: {
  title: string;
  open?: boolean;
  children: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <details open={open} className="group border-b border-line">
      <summary className="flex h-9 list-none items-center gap-1.5 px-3 text-xs font-semibold tracking-wide text-ink-soft uppercase select-none hover:text-ink [&::-webkit-details-marker]:hidden">
        <Icon path="m7 5 5 5-5 5" className="size-3.5 transition-transform group-open:rotate-90" />
        {title}
        {aside && <span className="ml-auto font-normal tracking-normal normal-case">{aside}</span>}
      </summary>
      <div className="flex flex-col gap-2 px-3 pb-3">{children}</div>
    </details>
  );
}
