"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Select } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import { queuedSentence } from "../queued-sentence";

const linkClass = "font-medium text-accent underline-offset-2 hover:underline";

/** Puts the regions of all anchors, or of a run's edits, into the queue. */
export function EnqueueDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const toasts = useToasts();
  const queries = useQueryClient();
  const [what, setWhat] = useState("anchor");
  const runs = useQuery(api.runs.list.queryOptions({ input: { limit: 100 }, enabled: open }));
  const enqueue = useMutation(
    api.masks.enqueue.mutationOptions({
      onSuccess: ({ added }) => {
        void queries.invalidateQueries({ queryKey: api.masks.key() });
        toasts.say(queuedSentence(added));
        onClose();
      },
    }),
  );
  const start = () => {
    if (what === "anchor") enqueue.mutate({ kind: "anchor" });
    else enqueue.mutate({ kind: "edit", runId: what });
  };
  return (
    <Dialog title="Fill the queue" open={open} onClose={onClose}>
      <Field label="Regions of" hint="Regions that are there already stay as they are.">
        {(ids) => (
          <Select {...ids} value={what} onChange={({ target }) => setWhat(target.value)}>
            <option value="anchor">all anchors</option>
            {runs.data?.items.map((run) => (
              <option key={run.id} value={run.id}>
                the edits of “{run.name}”
              </option>
            ))}
          </Select>
        )}
      </Field>
      <p className="text-[13px] text-ink-soft">
        For some of them only: filter the{" "}
        <Link href="/anchors" className={linkClass}>
          anchors
        </Link>{" "}
        or choose{" "}
        <Link href="/samples" className={linkClass}>
          samples
        </Link>
        , and press “Draw masks” there.
      </p>
      {enqueue.isError && <Problem error={enqueue.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={enqueue.isPending} onClick={start}>
          {enqueue.isPending ? "Adding…" : "Add to the queue"}
        </Button>
      </div>
    </Dialog>
  );
}
