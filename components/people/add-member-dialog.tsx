"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Select, TextInput } from "@/components/ui/field";
import { errorText } from "@/components/ui/problem";
import { api, client } from "@/lib/api/client";
import { type RoleName, role as roleSchema, roleSummaries } from "@/lib/api/contract/people";
import type { Link } from "./link-dialog";

interface Props {
  open: boolean;
  onClose: () => void;
  onAdded: (link: Link) => void;
}

export function AddMemberDialog({ open, onClose, onAdded }: Props) {
  return (
    <Dialog title="Add a member" open={open} onClose={onClose}>
      <AddMemberForm onClose={onClose} onAdded={onAdded} />
    </Dialog>
  );
}

function AddMemberForm({ onClose, onAdded }: Omit<Props, "open">) {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<RoleName>("reviewer");
  const add = useMutation({
    mutationFn: async () => {
      const member = await client.people.add({ name, role });
      await queries.invalidateQueries({ queryKey: api.people.key() });
      const { path } = await client.people.link({ id: member.id });
      return { kind: "link" as const, name: member.name, text: window.location.origin + path };
    },
    onSuccess: (link) => {
      onClose();
      onAdded(link);
    },
  });
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Field
        label="Name"
        hint="Shown beside what the member does."
        error={add.isError ? errorText(add.error) : null}
      >
        {(ids) => (
          <TextInput
            {...ids}
            value={name}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="Role" hint={`May do: ${roleSummaries[role]}.`}>
        {(ids) => (
          <Select {...ids} value={role} onChange={(event) => setRole(roleSchema.parse(event.target.value))}>
            {roleSchema.options.map((option) => (
              <option key={option} value={option}>
                {option}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={name.trim() === "" || add.isPending}>
          Add and make a link
        </Button>
      </div>
    </form>
  );
}
