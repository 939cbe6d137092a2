"use client";

import { useState } from "react";
import { Key } from "@/components/actions/shortcut-help";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import { client } from "@/lib/api/client";
import { useFocus } from "./use-focus";

interface SendBackDialogProps {
  sampleId: string;
  onSent: (to: string) => void;
  onClose: () => void;
}

/** Says why a sample goes back to its author. Ctrl+Enter sends. */
export function SendBackDialog({ sampleId, onSent, onClose }: SendBackDialogProps) {
  const field = useFocus<HTMLTextAreaElement>();
  const [note, setNote] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (busy || note.trim() === "") return;
    setBusy(true);
    try {
      const { to } = await client.review.sendBack({ id: sampleId, note });
      onSent(to);
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog title="Send back to its author" open onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void send();
        }}
      >
        <Field
          label="What should change?"
          hint="It goes to who last wrote its texts, or launched its run, and leaves the queue until they answer."
        >
          {(ids) => (
            <TextArea
              {...ids}
              rows={3}
              maxLength={2000}
              ref={field}
              value={note}
              onChange={({ target }) => setNote(target.value)}
            />
          )}
        </Field>
        {error !== null && <Problem error={error} />}
        <div className="mt-3 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={busy || note.trim() === ""}>
            Send back
            <Key name="Ctrl+Enter" />
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
