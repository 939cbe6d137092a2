"use client";

import { useState } from "react";
import { Key } from "@/components/actions/shortcut-help";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import { WordDiff } from "@/components/ui/word-diff";
import { client } from "@/lib/api/client";
import type { DeskSample } from "@/lib/api/contract/review";
import { useFocus } from "./use-focus";

interface TextsDialogProps {
  sample: DeskSample;
  /** `regenerate` rejects the pair and has it drawn again with the texts. */
  purpose: "texts" | "regenerate";
  onSaved: (sample: DeskSample) => void;
  onRegenerated: () => void;
  onClose: () => void;
}

const fields = [
  { key: "instruction", label: "Instruction" },
  { key: "sourceCaption", label: "Source caption" },
  { key: "targetCaption", label: "Target caption" },
] as const;

/** The texts of a sample to correct, or to draw it again with. Ctrl+Enter saves. */
export function TextsDialog({ sample, purpose, onSaved, onRegenerated, onClose }: TextsDialogProps) {
  const first = useFocus<HTMLTextAreaElement>();
  const [texts, setTexts] = useState(() => {
    const { instruction, sourceCaption, targetCaption } = sample;
    return { instruction, sourceCaption, targetCaption };
  });
  const [seen, setSeen] = useState(sample);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const complete = fields.every(({ key }) => texts[key].trim() !== "");
  const theirs = fields.filter(({ key }) => seen !== sample && seen[key] !== sample[key]);

  const save = async () => {
    if (!complete || busy) return;
    setBusy(true);
    const { id, textRevision, maskRevision } = seen;
    try {
      if (purpose === "texts") onSaved(await client.review.editTexts({ id, textRevision, ...texts }));
      else {
        await client.review.regenerate({ id, textRevision, maskRevision, ...texts });
        onRegenerated();
      }
      onClose();
    } catch (failure) {
      setError(failure);
      // What somebody else wrote meanwhile is shown beside what was written here; a second save is based on it.
      setSeen(await client.review.open({ id }).catch(() => seen));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={purpose === "texts" ? "Fix the texts" : "Draw again with changes"}
      open
      onClose={onClose}
      wide
    >
      <form
        className="flex flex-col gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void save();
        }}
      >
        {purpose === "regenerate" && (
          <p className="mb-2 text-ink-soft">
            This pair is rejected, and its edit is drawn again in the same run with the texts below
            {sample.maskRevision > 1 && " and the mask that was drawn for it"}.
          </p>
        )}
        {fields.map(({ key, label }) => (
          <Field key={key} label={label} error={texts[key].trim() === "" ? "Write something." : null}>
            {(ids) => (
              <TextArea
                {...ids}
                rows={2}
                maxLength={key === "instruction" ? 1000 : 2000}
                ref={key === "instruction" ? first : null}
                value={texts[key]}
                onChange={({ target }) => setTexts({ ...texts, [key]: target.value })}
              />
            )}
          </Field>
        ))}
        <p className="min-h-6 text-ink-soft">
          <WordDiff before={texts.sourceCaption} after={texts.targetCaption} />
        </p>
        {error !== null && <Problem error={error} />}
        {theirs.length > 0 && (
          <dl className="rounded-md bg-sunken p-3 text-[13px]">
            {theirs.map(({ key, label }) => (
              <div key={key}>
                <dt className="font-medium">{label}, as it is now</dt>
                <dd>{seen[key]}</dd>
              </div>
            ))}
          </dl>
        )}
        <div className="mt-3 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={!complete || busy}>
            {purpose === "texts" ? "Save the texts" : "Reject and draw again"}
            <Key name="Ctrl+Enter" />
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
