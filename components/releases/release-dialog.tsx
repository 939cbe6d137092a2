"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckChips } from "@/components/ui/check-chips";
import { Dialog } from "@/components/ui/dialog";
import { Field, Select, TextInput } from "@/components/ui/field";
import { countOf, formatCount } from "@/components/ui/format";
import { errorSubject, errorText, Problem } from "@/components/ui/problem";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import { type EditType, editTypes } from "@/lib/domain/edit-types";
import { type SampleState, sampleStates } from "@/lib/domain/sample-state";

const stateNames: Record<SampleState, string> = {
  approved: "Approved",
  pending: "Not reviewed",
  rejected: "Rejected",
};
const stateChoices = [...sampleStates]
  .sort((a, b) => Number(b === "approved") - Number(a === "approved"))
  .map((id) => ({ id, label: stateNames[id] }));

/** Names a list of samples and freezes it. */
export function ReleaseDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="New release" open={open} onClose={onClose}>
      <ReleaseForm onClose={onClose} />
    </Dialog>
  );
}

function ReleaseForm({ onClose }: { onClose: () => void }) {
  const toasts = useToasts();
  const [name, setName] = useState("");
  const [states, setStates] = useState<SampleState[]>(["approved"]);
  const [types, setTypes] = useState<EditType[]>([]);
  const [runIds, setRunIds] = useState<string[]>([]);
  const [validationPercent, setValidationPercent] = useState(5);
  const runs = useQuery(api.runs.list.queryOptions({ input: { limit: 100 } }));
  const filter = {
    states,
    ...(types.length > 0 && { editTypes: types }),
    ...(runIds.length > 0 && { runIds }),
  };
  const preview = useQuery({
    ...api.releases.preview.queryOptions({ input: filter }),
    enabled: states.length > 0,
    placeholderData: keepPreviousData,
    // A run may add samples while the dialog is open.
    staleTime: 0,
  });
  const count = states.length > 0 ? preview.data?.count : 0;
  const create = useMutation(
    api.releases.create.mutationOptions({
      onSuccess: (release) => {
        toasts.say(`“${release.name}” holds ${countOf(release.count, "sample")}. Export it next.`);
        onClose();
      },
    }),
  );
  const nameError = create.isError && errorSubject(create.error) === "name" ? errorText(create.error) : null;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name, filter, validationShare: validationPercent / 100 });
      }}
    >
      <Field label="Name" error={nameError} hint="Stands in the dataset card; cannot be used twice.">
        {(ids) => (
          <TextInput
            {...ids}
            autoFocus
            value={name}
            maxLength={120}
            placeholder="kitchen-edits v1"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <CheckChips legend="Samples that are" choices={stateChoices} value={states} onChange={setStates} />
      <CheckChips legend="Edit types" none="all" choices={editTypes} value={types} onChange={setTypes} />
      {runs.data && runs.data.items.length > 1 && (
        <CheckChips
          legend="Runs"
          none="all"
          choices={runs.data.items.map(({ id, name }) => ({ id, label: name }))}
          value={runIds}
          onChange={setRunIds}
        />
      )}
      <Field label="Validation split" hint="By anchor: no image is in both splits.">
        {(ids) => (
          <Select
            {...ids}
            value={validationPercent}
            onChange={(event) => setValidationPercent(Number(event.target.value))}
          >
            {[0, 1, 2, 5, 10, 20].map((percent) => (
              <option key={percent} value={percent}>
                {percent === 0 ? "none, all is for training" : `about ${percent} % of the anchors`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {preview.isError && <Problem error={preview.error} onRetry={() => preview.refetch()} />}
      {create.isError && !nameError && <Problem error={create.error} />}
      <div className="flex items-center justify-between gap-4">
        <p role="status" className="tabular-nums">
          {count === undefined
            ? "Counting…"
            : count === 0
              ? "No sample fits."
              : `${formatCount(count)} ${count === 1 ? "sample" : "samples"} now`}
        </p>
        <Button type="submit" look="primary" disabled={!name.trim() || !count || create.isPending}>
          Make the release
        </Button>
      </div>
    </form>
  );
}
