"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Select, TextInput } from "@/components/ui/field";
import { errorText } from "@/components/ui/problem";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { SampleFilter } from "@/lib/api/contract/curate";

/** Opens filters that somebody kept, and keeps this one. */
export function SavedViews({
  filter,
  onOpen,
}: {
  filter: SampleFilter;
  onOpen: (filter: SampleFilter) => void;
}) {
  const toasts = useToasts();
  const queries = useQueryClient();
  const [saving, setSaving] = useState(false);
  const [name, setName] = useState("");
  const views = useQuery(api.curate.views.queryOptions());
  const changed = () => queries.invalidateQueries({ queryKey: api.curate.views.key() });
  const save = useMutation(
    api.curate.saveView.mutationOptions({
      onSuccess: () => {
        setSaving(false);
        setName("");
        void changed();
      },
    }),
  );
  const remove = useMutation(
    api.curate.deleteView.mutationOptions({
      onSuccess: changed,
      onError: (error) => toasts.complain(error),
    }),
  );
  const current = JSON.stringify(filter);
  const open = views.data?.find((view) => JSON.stringify(view.filter) === current);
  const known = views.data?.find((view) => view.name === name.trim());
  return (
    <>
      {(views.data?.length ?? 0) > 0 && (
        <Select
          aria-label="Saved view"
          className="max-w-40"
          value={open?.id ?? ""}
          onChange={({ target }) => {
            const view = views.data?.find(({ id }) => id === target.value);
            if (view) onOpen(view.filter);
          }}
        >
          <option value="">Saved views</option>
          {views.data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {open ? (
        <Button look="quiet" onClick={() => remove.mutate({ id: open.id })} disabled={remove.isPending}>
          Delete view
        </Button>
      ) : (
        Object.keys(filter).length > 0 && <Button onClick={() => setSaving(true)}>Save view</Button>
      )}
      <Dialog title="Save this view" open={saving} onClose={() => setSaving(false)}>
        <form
          className="flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ name, filter, ...(known && { replaces: known.version }) });
          }}
        >
          <Field
            label="Name"
            hint={known ? `“${known.name}” will be replaced.` : "Everybody in the project sees it."}
            error={save.isError ? errorText(save.error) : null}
          >
            {(ids) => (
              <TextInput {...ids} value={name} onChange={({ target }) => setName(target.value)} autoFocus />
            )}
          </Field>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setSaving(false)}>Cancel</Button>
            <Button type="submit" look="primary" disabled={name.trim() === "" || save.isPending}>
              {known ? "Replace" : "Save"}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
