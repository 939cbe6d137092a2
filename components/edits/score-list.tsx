import { classNames } from "@/components/ui/class-names";
import type { Thresholds } from "@/lib/domain/run-config";
import { scoreDefinitions } from "@/lib/domain/scores";
import { formatScore } from "./failure-text";

interface ScoreListProps {
  scores: Readonly<Record<string, number>>;
  /** Shown beside the value, and marked where the value breaks them. */
  thresholds?: Thresholds;
}

/** The measured scores of a pair by their names. What was not measured is not listed, unless a bound needs it. */
export function ScoreList({ scores, thresholds = {} }: ScoreListProps) {
  const shown = scoreDefinitions.filter(({ id }) => scores[id] !== undefined || thresholds[id]);
  if (shown.length === 0) return <p className="text-[13px] text-ink-soft">Nothing was measured.</p>;
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-[13px]">
      {shown.map(({ id, label, description }) => {
        const value = scores[id];
        const bound = thresholds[id];
        return (
          <div key={id} className="col-span-2 grid grid-cols-subgrid" title={description}>
            <dt className="text-ink-soft">{label}</dt>
            <dd
              className={classNames(
                "text-right tabular-nums",
                bound && breaks(value, bound) && "font-medium text-bad",
              )}
            >
              {value === undefined ? "not measured" : formatScore(value)}
              {bound && <span className="ml-1.5 text-ink-soft">{boundText(bound)}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

type Bound = Thresholds[string];

function breaks(value: number | undefined, { min, max }: Bound): boolean {
  return value === undefined || (min !== undefined && value < min) || (max !== undefined && value > max);
}

function boundText({ min, max }: Bound): string {
  const parts = [
    min !== undefined && `≥ ${formatScore(min)}`,
    max !== undefined && `≤ ${formatScore(max)}`,
  ].filter(Boolean);
  return parts.length > 0 ? `(${parts.join(", ")})` : "";
}
