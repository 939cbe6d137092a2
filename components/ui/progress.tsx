import { classNames } from "./class-names";

/** A share in [0, 1]. */
export function Progress({
  value,
  label,
  tone = "accent",
}: {
  value: number;
  label: string;
  tone?: "accent" | "good" | "bad";
}) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className="h-1.5 w-full overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={classNames(
          "h-full rounded-full transition-[width]",
          { accent: "bg-accent", good: "bg-good", bad: "bg-bad" }[tone],
        )}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
