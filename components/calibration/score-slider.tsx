"use client";

import { useMemo } from "react";
import { formatScore } from "@/components/edits/failure-text";
import { Button } from "@/components/ui/button";
import type { Bound } from "@/lib/domain/calibration/what-if/passing";
import { histogram, type ScoreColumn } from "@/lib/domain/calibration/what-if/score-table";
import { scoreDefinition } from "@/lib/domain/scores";

const steps = 1000;
const bins = 60;

interface ScoreSliderProps {
  column: ScoreColumn;
  bound: Bound;
  onChange: (bound: Bound) => void;
}

/** One score's threshold over the spread of its values: a lower bound where more is better, else an upper one. */
export function ScoreSlider({ column, bound, onChange }: ScoreSliderProps) {
  const definition = scoreDefinition(column.score);
  const side = definition?.higherIsBetter === false ? "max" : "min";
  const { min, max } = column;
  const value = bound[side];
  const free = side === "min" ? min : max;
  const at = max > min ? (((value ?? free) - min) / (max - min)) * steps : 0;
  const shape = useMemo(() => histogramPath(column), [column]);
  const label = definition?.label ?? column.score;
  return (
    <div
      className="grid grid-cols-[minmax(0,1fr)_7.5rem_3.5rem] items-center gap-x-3 sm:grid-cols-[11rem_minmax(0,1fr)_7.5rem_3.5rem]"
      title={definition?.description}
    >
      <span className="text-[13px]">{label}</span>
      <div className="relative pt-4 max-sm:order-last max-sm:col-span-full">
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${bins} 20`}
          preserveAspectRatio="none"
          className="pointer-events-none absolute inset-x-2 top-0 h-6 w-[calc(100%-1rem)] fill-line-strong/45"
        >
          <path d={shape} />
        </svg>
        <input
          type="range"
          aria-label={`${label}, ${side === "min" ? "at least" : "at most"}`}
          aria-valuetext={value === undefined ? "no bound" : formatScore(value)}
          min={0}
          max={steps}
          step={1}
          value={at}
          onChange={({ target }) => onChange({ [side]: min + (Number(target.value) / steps) * (max - min) })}
          className="relative block h-5 w-full accent-accent"
        />
      </div>
      <span className="text-right text-[13px] tabular-nums">
        {value === undefined ? (
          <span className="text-ink-soft">no bound</span>
        ) : (
          `${side === "min" ? "≥" : "≤"} ${formatScore(value)}`
        )}
      </span>
      <Button
        size="small"
        look="quiet"
        disabled={value === undefined}
        aria-label={`Lift the bound of ${label}`}
        onClick={() => onChange({})}
      >
        Lift
      </Button>
    </div>
  );
}

function histogramPath(column: ScoreColumn): string {
  const counts = histogram(column, bins);
  const highest = Math.max(1, ...counts);
  const tops = [...counts].map((count, bin) => {
    // The root keeps rare values visible.
    const top = (20 - 20 * Math.sqrt(count / highest)).toFixed(2);
    return `L${bin} ${top}L${bin + 1} ${top}`;
  });
  return `M0 20${tops.join("")}L${bins} 20Z`;
}
