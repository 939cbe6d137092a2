"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import { formatCount } from "@/components/ui/format";
import { Problem } from "@/components/ui/problem";
import { api } from "@/lib/api/client";
import type { SeedColumns } from "@/lib/api/contract/seeds";
import { ColumnPicker } from "./column-picker";
import { keepPaste, loadPaste } from "./kept-paste";
import { PastePreview } from "./paste-preview";
import { useSettled } from "./use-inspection";

const example = `source_caption,instruction,target_caption,edit_type
a dog on a lawn,Make it snow,a dog on a snowy lawn,change-global`;

/** Many seeds at once, as JSON lines or a table, looked at before they are added. */
export function PasteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="Paste seeds" open={open} onClose={onClose} wide>
      <PasteForm onClose={onClose} />
    </Dialog>
  );
}

function PasteForm({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState(loadPaste);
  const [columns, setColumns] = useState<SeedColumns | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const input = { text, ...(columns && { columns }) };
  const settled = useSettled(input.text, 300);
  const preview = useQuery({
    ...api.seeds.previewLines.queryOptions({ input: { ...input, text: settled } }),
    enabled: settled.trim() !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  const add = useMutation(
    api.seeds.importLines.mutationOptions({
      // What could not be used stays, to be put right.
      onSuccess: ({ rest }) => write(rest),
    }),
  );
  const found = settled.trim() ? preview.data : undefined;
  const upToDate = settled === text && !preview.isPlaceholderData && preview.isSuccess;

  // The browser's storage is the external system.
  useEffect(() => keepPaste(settled), [settled]);

  function write(pasted: string): void {
    // Comes along with text from some programs, is not seen, and cannot be stored.
    const next = pasted.replaceAll("\0", "");
    if (next.split("\n", 1)[0] !== text.split("\n", 1)[0]) setColumns(null);
    setText(next);
  }

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(input);
      }}
    >
      <Field
        label="Seeds as a table or as JSON lines"
        hint="Copied from a spreadsheet, CSV, or one JSON object a line. The edit type may be left out: it then follows from the wording."
      >
        {(ids) => (
          <TextArea
            {...ids}
            rows={8}
            value={text}
            onChange={(event) => write(event.target.value)}
            placeholder={example}
            spellCheck={false}
            className="font-mono text-xs"
          />
        )}
      </Field>
      {add.isError && <Problem error={add.error} />}
      {add.data && (
        <p role="status" className="font-medium">
          {formatCount(add.data.added)} added, {formatCount(add.data.duplicates)} known already,{" "}
          {formatCount(add.data.refused.length)} refused.
          {add.data.refused.length > 0 && " What was refused is still above, to be put right."}
        </p>
      )}
      {preview.isError && settled.trim() && (
        <Problem error={preview.error} onRetry={() => preview.refetch()} />
      )}
      {found?.table && <ColumnPicker table={found.table} onChange={setColumns} />}
      {found && <PastePreview found={found} />}
      <div className="flex justify-end gap-2">
        <input
          ref={file}
          type="file"
          hidden
          accept=".jsonl,.json,.csv,.tsv,.txt"
          aria-label="File with seeds"
          onChange={async (event) => {
            const chosen = await event.target.files?.[0]?.text();
            if (chosen !== undefined) write(chosen);
          }}
        />
        <Button className="mr-auto" onClick={() => file.current?.click()}>
          From a file
        </Button>
        <Button onClick={onClose}>Close</Button>
        <Button
          type="submit"
          look="primary"
          disabled={!upToDate || !found || found.fresh === 0 || add.isPending}
        >
          {found && found.fresh > 0
            ? `Add ${formatCount(found.fresh)} ${found.fresh === 1 ? "seed" : "seeds"}`
            : "Add"}
        </Button>
      </div>
    </form>
  );
}
