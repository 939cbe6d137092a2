"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";
import { useHelp } from "@/components/actions/use-help";
import { useShortcuts } from "@/components/actions/use-shortcuts";
import { Field, TextArea } from "@/components/ui/field";
import { errorSubject, errorText } from "@/components/ui/problem";
import { WordDiff } from "@/components/ui/word-diff";
import { editTypes } from "@/lib/domain/edit-types";
import { checkEdit, type EditField } from "@/lib/domain/instruction-checks";
import { classifyInstruction } from "@/lib/domain/instruction-classifier";
import { digitOf, EditTypePicker } from "./edit-type-picker";
import { keepDraft, loadDraft, type SeedDraft, type SeedText, seedOf } from "./seed-draft";
import { useCoverage } from "./use-coverage";

interface SeedFormProps {
  initial: SeedDraft;
  /** Where the unfinished text is kept in this browser; absent: nowhere. */
  draftPlace?: string;
  saveLabel: string;
  saving: boolean;
  error: unknown;
  onSave: (seed: SeedText) => void;
  /** Further actions, after Save. */
  more?: readonly Action[];
}

/** A seed example, written without the mouse. */
export function SeedForm({
  initial,
  draftPlace,
  saveLabel,
  saving,
  error,
  onSave,
  more = [],
}: SeedFormProps) {
  const form = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState(() => (draftPlace && loadDraft(draftPlace)) || initial);
  const [tried, setTried] = useState(false);
  const counts = useCoverage();
  const seed = seedOf(draft);
  const { problems } = checkEdit(seed);
  const complete = problems.every(({ severity }) => severity !== "error");

  // The browser's storage is the external system.
  useEffect(() => {
    if (draftPlace) keepDraft(draftPlace, draft === initial ? null : draft);
  }, [draftPlace, draft, initial]);

  const change = (part: Partial<SeedDraft>) => setDraft((current) => ({ ...current, ...part }));
  const save: Action = {
    id: "save",
    label: saveLabel,
    keys: ["Ctrl+Enter"],
    whileTyping: true,
    enabled: !saving,
    run: () => {
      setTried(true);
      if (complete) onSave(seed);
      else form.current?.querySelector<HTMLElement>("[aria-invalid=true], #edit-type-add")?.focus();
    },
  };
  const types: Action[] = editTypes.map(({ id, label }, index) => ({
    id: `type-${id}`,
    label,
    keys: [`Alt+${digitOf(index)}`],
    group: "Edit type",
    whileTyping: true,
    run: () => change({ editType: id }),
  }));
  const { help, dialog } = useHelp([save, ...more, ...types]);
  useShortcuts([save, ...more, ...types, help], form);

  // Untouched fields are not blamed before somebody tries to save.
  const shows = (field: EditField) =>
    tried ||
    (field === "sourceCaption" && draft.sourceCaption !== "") ||
    (field === "instruction" && draft.instruction !== "") ||
    (field === "targetCaption" && draft.targetCaption !== null);
  const refused = errorSubject(error);
  const note = (field: EditField, hint: ReactNode) => {
    const own = shows(field) ? problems.filter((problem) => problem.field === field) : [];
    const bad = own.find(({ severity }) => severity === "error")?.message;
    const warning = own.find(({ severity }) => severity === "warning")?.message;
    return {
      error: refused === field ? errorText(error) : bad,
      hint: warning ? <span className="text-warn">{warning}</span> : hint,
    };
  };

  return (
    <div ref={form} className="flex flex-col gap-2">
      <Field label="Source caption" {...note("sourceCaption", "What the image shows now.")}>
        {(ids) => (
          <TextArea
            {...ids}
            rows={2}
            value={draft.sourceCaption}
            onChange={(event) => change({ sourceCaption: event.target.value })}
          />
        )}
      </Field>
      <Field label="Instruction" {...note("instruction", "As you would say it to a person.")}>
        {(ids) => (
          <TextArea
            {...ids}
            rows={2}
            autoFocus
            value={draft.instruction}
            placeholder="Put a red kite in the sky above the beach."
            onChange={(event) => change({ instruction: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Target caption"
        {...note("targetCaption", "What the image shows afterwards; change only the words that must change.")}
      >
        {(ids) => (
          <TextArea
            {...ids}
            rows={2}
            value={seed.targetCaption}
            onChange={(event) => change({ targetCaption: event.target.value })}
          />
        )}
      </Field>
      <p className="rounded-md bg-sunken px-3 py-2 text-[13px]" data-testid="diff">
        <WordDiff before={seed.sourceCaption} after={seed.targetCaption} />
      </p>
      <EditTypePicker
        value={seed.editType}
        suggested={draft.instruction.trim() ? classifyInstruction(draft.instruction) : null}
        counts={counts}
        onChange={(editType) => change({ editType })}
      />
      {Boolean(error) && !isField(refused) && (
        <p role="alert" className="text-[13px] text-bad">
          {errorText(error)}
        </p>
      )}
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <ActionButton action={save} look="primary" />
        {more.map((action) => (
          <ActionButton key={action.id} action={action} look="plain" />
        ))}
        <span className="ml-auto">
          <ActionButton action={help} look="quiet" size="small" />
        </span>
      </div>
      {dialog}
    </div>
  );
}

function isField(subject: string | undefined): boolean {
  return subject === "sourceCaption" || subject === "instruction" || subject === "targetCaption";
}
