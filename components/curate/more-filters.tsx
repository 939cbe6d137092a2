"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Select, TextInput } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { api } from "@/lib/api/client";
import type { SampleFilter } from "@/lib/api/contract/curate";
import { scoreDefinitions } from "@/lib/domain/scores";
import type { withPart } from "./filter-state";

interface MoreFiltersProps {
  filter: SampleFilter;
  onChange: (change: Parameters<typeof withPart>[1]) => void;
}

type Choice = readonly [value: string, label: string];
const yesNo: readonly Choice[] = [
  ["true", "Yes"],
  ["false", "No"],
];

/** The filters that are asked for now and then: who, why, when, where from, and how it scored. */
export function MoreFilters({ filter, onChange }: MoreFiltersProps) {
  const facets = useQuery(api.curate.facets.queryOptions());
  const flag = (value: string) => (value === "" ? undefined : value === "true");
  return (
    <Panel>
      <div className="grid grid-cols-2 gap-x-4 lg:grid-cols-4">
        <Choose
          label="Reviewed by"
          value={filter.reviewerId ?? ""}
          choices={(facets.data?.reviewers ?? []).map(({ id, name }): Choice => [id, name])}
          onChange={(value) => onChange({ reviewerId: value || undefined })}
        />
        <Choose
          label="Rejected because"
          value={filter.reason ?? ""}
          choices={(facets.data?.reasons ?? []).map(({ key, label }): Choice => [key, label])}
          onChange={(value) => onChange({ reason: value || undefined })}
        />
        <Choose
          label="Decided by"
          value={filter.decidedBy ?? ""}
          choices={[
            ["people", "People"],
            ["policy", "A model policy"],
          ]}
          onChange={(value) =>
            onChange({ decidedBy: value === "people" || value === "policy" ? value : undefined })
          }
        />
        <Choose
          label="A model sent it to"
          value={filter.route ?? ""}
          choices={[
            ["accept", "Accepted"],
            ["reject", "Rejected"],
            ["people", "People"],
            ["audit", "Audit"],
          ]}
          onChange={(value) =>
            onChange({
              route:
                value === "accept" || value === "reject" || value === "people" || value === "audit"
                  ? value
                  : undefined,
            })
          }
        />
        <Day label="Made on or after" value={filter.from} onChange={(from) => onChange({ from })} />
        <Day label="Made before" value={filter.until} onChange={(until) => onChange({ until })} />
        <Choose
          label="Anchor from"
          value={filter.origin ?? ""}
          choices={[
            ["photo", "Imported images"],
            ["storybook", "Storybook"],
            ["sample", "An earlier turn"],
          ]}
          onChange={(value) =>
            onChange({
              origin: value === "photo" || value === "storybook" || value === "sample" ? value : undefined,
            })
          }
        />
        <Choose
          label="Licence"
          value={filter.licence ?? ""}
          choices={(facets.data?.licences ?? []).map((licence): Choice => [licence, licence])}
          onChange={(value) => onChange({ licence: value || undefined })}
        />
        <Choose
          label="Has a mask"
          value={filter.hasMask === undefined ? "" : String(filter.hasMask)}
          choices={yesNo}
          onChange={(value) => onChange({ hasMask: flag(value) })}
        />
        <Choose
          label="Goes on to a next turn"
          value={filter.goesOn === undefined ? "" : String(filter.goesOn)}
          choices={yesNo}
          onChange={(value) => onChange({ goesOn: flag(value) })}
        />
        <Choose
          label="Turn"
          value={filter.turn === undefined ? "" : String(filter.turn)}
          choices={["1", "2", "3", "4", "5"].map((turn): Choice => [turn, turn])}
          onChange={(value) => onChange({ turn: value ? Number(value) : undefined })}
        />
        <Choose
          label="Has near-duplicates"
          value={filter.duplicates === undefined ? "" : String(filter.duplicates)}
          choices={yesNo}
          onChange={(value) => onChange({ duplicates: flag(value) })}
        />
        <Choose
          label="Scores older than its text or mask"
          value={filter.stale === undefined ? "" : String(filter.stale)}
          choices={yesNo}
          onChange={(value) => onChange({ stale: flag(value) })}
        />
      </div>
      <ScoreFilters filter={filter} onChange={onChange} />
    </Panel>
  );
}

function Choose({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label}>
      {(ids) => (
        <Select {...ids} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">Any</option>
          {choices.map(([id, text]) => (
            <option key={id} value={id}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function Day({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Date | undefined;
  onChange: (value: Date | undefined) => void;
}) {
  return (
    <Field label={label}>
      {(ids) => (
        <TextInput
          {...ids}
          type="date"
          value={value ? value.toISOString().slice(0, 10) : ""}
          onChange={({ target }) =>
            onChange(target.value ? new Date(`${target.value}T00:00:00Z`) : undefined)
          }
        />
      )}
    </Field>
  );
}

/** Bounds on scores: those that are set, and a line to add one. */
function ScoreFilters({ filter, onChange }: MoreFiltersProps) {
  const [score, setScore] = useState<string>(scoreDefinitions[0]?.id ?? "");
  const [side, setSide] = useState<"min" | "max">("min");
  const [value, setValue] = useState("");
  const scores = filter.scores ?? {};
  const number = value.trim() === "" ? Number.NaN : Number(value);
  const put = (next: NonNullable<SampleFilter["scores"]>) =>
    onChange({ scores: Object.keys(next).length > 0 ? next : undefined });
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!Number.isFinite(number)) return;
        put({ ...scores, [score]: { ...scores[score], [side]: number } });
        setValue("");
      }}
    >
      <span className="text-[13px] font-medium">Scores</span>
      {Object.entries(scores).flatMap(([id, bound]) =>
        (["min", "max"] as const).flatMap((end) =>
          bound[end] === undefined
            ? []
            : [
                <Button
                  key={`${id} ${end}`}
                  size="small"
                  aria-label={`Lift ${labelOf(id)} ${end}`}
                  onClick={() => {
                    const { [end]: _, ...kept } = bound;
                    const { [id]: __, ...others } = scores;
                    put(Object.keys(kept).length > 0 ? { ...others, [id]: kept } : others);
                  }}
                >
                  {labelOf(id)} {end === "min" ? "≥" : "≤"} {bound[end]} ✕
                </Button>,
              ],
        ),
      )}
      <Select
        aria-label="Score"
        className="max-w-64"
        value={score}
        onChange={({ target }) => setScore(target.value)}
      >
        {scoreDefinitions.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
      <Select
        aria-label="At least or at most"
        className="max-w-32"
        value={side}
        onChange={({ target }) => setSide(target.value === "max" ? "max" : "min")}
      >
        <option value="min">at least</option>
        <option value="max">at most</option>
      </Select>
      <TextInput
        aria-label="Bound of the score"
        inputMode="decimal"
        className="max-w-24"
        value={value}
        onChange={({ target }) => setValue(target.value)}
      />
      <Button type="submit" size="small" disabled={!Number.isFinite(number)}>
        Add
      </Button>
    </form>
  );
}

function labelOf(id: string): string {
  return scoreDefinitions.find((definition) => definition.id === id)?.label ?? id;
}
