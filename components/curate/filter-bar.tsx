"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useShortcuts } from "@/components/actions/use-shortcuts";
import { EditTypeSelect } from "@/components/edits/edit-type-select";
import { Button } from "@/components/ui/button";
import { Select, TextInput } from "@/components/ui/field";
import { api } from "@/lib/api/client";
import type { SampleFilter } from "@/lib/api/contract/curate";
import { withPart } from "./filter-state";
import { isSampleState } from "./is-sample-state";
import { MoreFilters } from "./more-filters";
import { SavedViews } from "./saved-views";
import { useTypedText } from "./use-typed-text";

interface FilterBarProps {
  filter: SampleFilter;
  onChange: (filter: SampleFilter) => void;
}

/** What is asked for often in one line, the rest one click away. */
export function FilterBar({ filter, onChange }: FilterBarProps) {
  const runs = useQuery(api.runs.list.queryOptions({ input: { limit: 100 } }));
  const tags = useQuery(api.curate.tags.queryOptions());
  const rare = Object.keys(filter).filter(
    (key) => !["text", "state", "editType", "runId", "tagId"].includes(key),
  );
  const [more, setMore] = useState(rare.length > 0);
  const field = useRef<HTMLInputElement>(null);
  const { text, type, commit } = useTypedText(filter.text ?? "", field, (typed) => {
    if (typed !== (filter.text ?? "")) change({ text: typed || undefined });
  });
  useShortcuts([
    { id: "search", label: "Search the texts", keys: ["/"], run: () => field.current?.select() },
  ]);
  const change = (part: Parameters<typeof withPart>[1]) => onChange(withPart(filter, part));
  return (
    <div className="mb-4 flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <form
          className="flex"
          onSubmit={(event) => {
            event.preventDefault();
            commit();
          }}
        >
          <TextInput
            ref={field}
            type="search"
            aria-label="Search instructions and captions"
            placeholder="Search the texts"
            className="max-w-40"
            value={text}
            onChange={({ target }) => type(target.value)}
            onBlur={commit}
          />
        </form>
        <Select
          aria-label="State"
          className="max-w-36"
          value={filter.state ?? ""}
          onChange={({ target }) => change({ state: isSampleState(target.value) ? target.value : undefined })}
        >
          <option value="">Any state</option>
          <option value="pending">Waiting</option>
          <option value="approved">Approved</option>
          <option value="rejected">Rejected</option>
        </Select>
        <EditTypeSelect
          className="max-w-40"
          value={filter.editType ?? null}
          onChange={(editType) => change({ editType: editType ?? undefined })}
        />
        <Select
          aria-label="Run"
          className="max-w-36"
          value={filter.runId ?? ""}
          onChange={({ target }) => change({ runId: target.value || undefined })}
        >
          <option value="">All runs</option>
          {runs.data?.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Tag"
          className="max-w-32"
          value={filter.tagId ?? ""}
          onChange={({ target }) => change({ tagId: target.value || undefined })}
        >
          <option value="">Any tag</option>
          {tags.data?.map(({ id, name, samples, more }) => (
            <option key={id} value={id}>
              {name} ({samples}
              {more && "+"})
            </option>
          ))}
        </Select>
        <Button aria-expanded={more} onClick={() => setMore(!more)}>
          {more ? "Fewer filters" : rare.length > 0 ? `More filters (${rare.length})` : "More filters"}
        </Button>
        {Object.keys(filter).length > 0 && (
          <Button look="quiet" onClick={() => onChange({})}>
            Clear
          </Button>
        )}
        <span className="ml-auto" />
        <SavedViews filter={filter} onOpen={onChange} />
      </div>
      {more && <MoreFilters filter={filter} onChange={change} />}
    </div>
  );
}
