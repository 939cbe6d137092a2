"use client";

import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextInput } from "@/components/ui/field";
import { countOf } from "@/components/ui/format";
import { Problem } from "@/components/ui/problem";
import { Progress } from "@/components/ui/progress";
import { api } from "@/lib/api/client";
import { type UploadProgress, uploadFiles } from "./upload";
import { UploadArea } from "./upload-area";

const ways = [
  { id: "upload", label: "This computer" },
  { id: "path", label: "Path on the server" },
  { id: "storybook", label: "Storybook scenes" },
] as const;
type Way = (typeof ways)[number]["id"];

/** Three ways to add anchors; the import then goes on in the background and its report stays on the page. */
export function ImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [way, setWay] = useState<Way>("upload");
  return (
    <Dialog title="Add anchors" open={open} onClose={onClose}>
      <div role="tablist" aria-label="Where from" className="flex gap-1 rounded-lg bg-sunken p-1">
        {ways.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={way === id}
            onClick={() => setWay(id)}
            className={classNames(
              "flex-1 rounded-md px-2 py-1.5 text-[13px] font-medium",
              way === id ? "bg-panel shadow-sm" : "text-ink-soft hover:text-ink",
            )}
          >
            {label}
          </button>
        ))}
      </div>
      {way === "upload" && <UploadForm onDone={onClose} />}
      {way === "path" && <PathForm onDone={onClose} />}
      {way === "storybook" && <StorybookForm onDone={onClose} />}
    </Dialog>
  );
}

function UploadForm({ onDone }: { onDone: () => void }) {
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const upload = useMutation({
    mutationFn: (files: File[]) => uploadFiles(files, setProgress),
    onSuccess: onDone,
    onSettled: () => setProgress(null),
  });
  return (
    <div className="flex flex-col gap-4">
      <UploadArea disabled={upload.isPending} onFiles={(files) => upload.mutate(files)} />
      {progress && (
        <div className="flex flex-col gap-1.5">
          <Progress value={progress.sent / progress.total} label="Upload" />
          <p className="text-xs text-ink-soft tabular-nums">
            {progress.sent} of {countOf(progress.total, "file")} sent
          </p>
        </div>
      )}
      {upload.isError && <Problem error={upload.error} />}
      <p className="text-[13px] text-ink-soft">
        Captions come from a <code>metadata.jsonl</code>, a CSV or a COCO captions file among the files; then
        the images it names are imported. Without such a list all images are, and wait for their captions.
        Licence, attribution and source URL are kept and travel into every export.
      </p>
    </div>
  );
}

function PathForm({ onDone }: { onDone: () => void }) {
  const [path, setPath] = useState("");
  const start = useMutation(api.imports.fromPath.mutationOptions({ onSuccess: onDone }));
  return (
    <SubmitForm
      label="Import"
      pending={start.isPending}
      disabled={!path.trim()}
      onSubmit={() => start.mutate({ path: path.trim() })}
    >
      <Field
        label="Path"
        hint="A folder, a COCO captions .json, or a .jsonl or .csv list of paths or URLs with captions."
        error={start.error?.message}
      >
        {(ids) => (
          <TextInput
            {...ids}
            value={path}
            onChange={(event) => setPath(event.target.value)}
            placeholder="/data/coco/annotations/captions_val2017.json"
            spellCheck={false}
          />
        )}
      </Field>
    </SubmitForm>
  );
}

function StorybookForm({ onDone }: { onDone: () => void }) {
  const [count, setCount] = useState(24);
  const [seed, setSeed] = useState(1);
  const draw = useMutation(api.imports.storybook.mutationOptions({ onSuccess: onDone }));
  return (
    <SubmitForm
      label="Draw them"
      pending={draw.isPending}
      disabled={!(count >= 1 && count <= 2000)}
      onSubmit={() => draw.mutate({ count, seed })}
    >
      <p className="text-[13px] text-ink-soft">
        Illustrated scenes with exact captions, drawn by Pentimento. The embedded models were trained on them,
        so the whole pipeline can be tried without a GPU or a download.
      </p>
      <div className="grid grid-cols-2 gap-4">
        <Field label="How many" hint="1 to 2000" error={draw.error?.message}>
          {(ids) => (
            <TextInput
              {...ids}
              type="number"
              min={1}
              max={2000}
              value={count}
              onChange={(event) => setCount(event.target.valueAsNumber)}
            />
          )}
        </Field>
        <Field label="Seed" hint="The same seed draws the same scenes.">
          {(ids) => (
            <TextInput
              {...ids}
              type="number"
              min={0}
              value={seed}
              onChange={(event) => setSeed(event.target.valueAsNumber || 0)}
            />
          )}
        </Field>
      </div>
    </SubmitForm>
  );
}

interface SubmitFormProps {
  label: string;
  pending: boolean;
  disabled: boolean;
  onSubmit: () => void;
  children: ReactNode;
}

function SubmitForm({ label, pending, disabled, onSubmit, children }: SubmitFormProps) {
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <Button type="submit" look="primary" className="self-end" disabled={disabled || pending}>
        {label}
      </Button>
    </form>
  );
}
