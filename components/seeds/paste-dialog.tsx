"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import { formatCount } from "@/components/ui/format";
import { Problem } from "@/components/ui/problem";
import { api } from "@/lib/api/client";

const example =
  '{"sourceCaption": "a dog on a lawn", "instruction": "Make it snow", "targetCaption": "a dog on a snowy lawn", "editType": "change-global"}';

/** Many seeds at once, one JSON object a line, with a report of what could not be used. */
export function PasteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="Paste seeds" open={open} onClose={onClose} wide>
      <PasteForm onClose={onClose} />
    </Dialog>
  );
}

function PasteForm({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const file = useRef<HTMLInputElement>(null);
  const add = useMutation(api.seeds.importLines.mutationOptions());
  const lines = text.split("\n").filter((line) => line.trim()).length;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({ text });
      }}
    >
      <Field
        label="Seeds as JSONL"
        hint="One object a line. The edit type may be left out: it then follows from the wording."
      >
        {(ids) => (
          <TextArea
            {...ids}
            rows={8}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={example}
            spellCheck={false}
            className="font-mono text-xs"
          />
        )}
      </Field>
      {add.isError && <Problem error={add.error} />}
      {add.data && (
        <section aria-label="Report" className="rounded-lg border border-line p-3">
          <p role="status" className="font-medium">
            {formatCount(add.data.added)} added, {formatCount(add.data.duplicates)} known already,{" "}
            {formatCount(add.data.refused.length)} refused.
          </p>
          <ul className="mt-1 max-h-40 overflow-y-auto text-[13px] text-bad">
            {add.data.refused.map(({ line, reason }) => (
              <li key={`${line} ${reason}`}>
                Line {line}: {reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="flex justify-end gap-2">
        <input
          ref={file}
          type="file"
          hidden
          accept=".jsonl,.json,.txt"
          aria-label="File with seeds"
          onChange={async (event) => setText((await event.target.files?.[0]?.text()) ?? text)}
        />
        <Button className="mr-auto" onClick={() => file.current?.click()}>
          From a file
        </Button>
        {add.data && <Button onClick={onClose}>Close</Button>}
        <Button type="submit" look="primary" disabled={lines === 0 || add.isPending}>
          {lines > 0 ? `Add ${formatCount(lines)} ${lines === 1 ? "line" : "lines"}` : "Add"}
        </Button>
      </div>
    </form>
  );
}
