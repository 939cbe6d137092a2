"use client";

import { useState } from "react";
import { formatScore } from "@/components/edits/failure-text";
import { Button } from "@/components/ui/button";
import { Select, TextInput } from "@/components/ui/field";
import type { Thresholds } from "@/lib/domain/run-config";
import { scoreDefinition, scoreDefinitions } from "@/lib/domain/scores";
import { scopeOf } from "@/lib/domain/thresholds";
import { thresholdName } from "./threshold-name";

interface ThresholdTableProps {
  /** What the model pack asks for. */
  defaults: Thresholds;
  /** What this run asks for instead, score by score. */
  value: Thresholds;
  onChange: (value: Thresholds) => void;
}

/** Bounds that a candidate must keep. A score that is not listed is measured but decides nothing. */
export function ThresholdTable({ defaults, value, onChange }: ThresholdTableProps) {
  const inForce: Thresholds = { ...defaults, ...value };
  const free = scoreDefinitions.filter(({ id }) => !inForce[id]);
  const put = (id: string, bound: Thresholds[string]) => onChange({ ...value, [id]: bound });
  const restore = (id: string) =>
    onChange(Object.fromEntries(Object.entries(value).filter(([other]) => other !== id)));
  return (
    <div className="flex flex-col gap-3">
      {Object.keys(inForce).length === 0 && (
        <p className="text-[13px] text-ink-soft">No bounds: every candidate that can be measured passes.</p>
      )}
      <table className="w-full text-[13px]">
        <thead className="text-left text-xs text-ink-soft">
          <tr>
            <th className="py-1 font-medium">Score</th>
            <th className="w-24 py-1 pl-2 font-medium">At least</th>
            <th className="w-24 py-1 pl-2 font-medium">At most</th>
            <th className="w-32 py-1 pl-2">
              <span className="sr-only">Whose bound</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(inForce).map(([id, bound]) => {
            const definition = scoreDefinition(scopeOf(id).score);
            const label = thresholdName(id);
            return (
              <tr key={id} className="border-t border-line">
                <th scope="row" className="py-1.5 text-left font-normal" title={definition?.description}>
                  {label}
                </th>
                {(["min", "max"] as const).map((side) => (
                  <td key={side} className="py-1.5 pl-2">
                    <BoundInput
                      // A restored default must reach the field.
                      key={String(id in value)}
                      label={`${label}, at ${side === "min" ? "least" : "most"}`}
                      value={bound[side]}
                      onChange={(number) => {
                        const { [side]: _, ...rest } = bound;
                        put(id, number === undefined ? rest : { ...rest, [side]: number });
                      }}
                    />
                  </td>
                ))}
                <td className="py-1.5 pl-2 text-xs text-ink-soft">
                  {id in value ? (
                    <Button size="small" look="quiet" onClick={() => restore(id)}>
                      {defaults[id] ? `Pack: ${boundWords(defaults[id])}` : "Remove"}
                    </Button>
                  ) : (
                    "from the pack"
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {free.length > 0 && (
        <Select
          aria-label="Add a bound"
          className="max-w-60"
          value=""
          onChange={({ target }) => target.value && put(target.value, {})}
        >
          <option value="">Add a bound on…</option>
          {free.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}

function boundWords({ min, max }: Thresholds[string]): string {
  const words = [min !== undefined && `≥ ${formatScore(min)}`, max !== undefined && `≤ ${formatScore(max)}`];
  return words.filter(Boolean).join(", ") || "none";
}

function BoundInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}) {
  const [text, setText] = useState(value === undefined ? "" : String(value));
  const bad = text.trim() !== "" && !Number.isFinite(Number(text));
  return (
    <TextInput
      aria-label={label}
      aria-invalid={bad}
      inputMode="decimal"
      autoComplete="off"
      className="!h-7 tabular-nums"
      placeholder="–"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const trimmed = event.target.value.trim().replace(",", ".");
        onChange(trimmed === "" ? undefined : Number(trimmed));
      }}
    />
  );
}
