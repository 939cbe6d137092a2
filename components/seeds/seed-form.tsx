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
import { SimilarSeeds } from "./similar-seeds";
import { SpellingNotes } from "./spelling-notes";
import { type SeedsToTry, TryDialog } from "./try-dialog";
import { useCoverage } from "./use-coverage";
import { corrected, type Misspelling, useInspection } from "./use-inspection";

interface SeedFormProps {
  initial: SeedDraft;
  /** Where the unfinished text is kept in this browser; absent: nowhere. */
  draftPlace?: string;
  saveLabel: string;
  saving: boolean;
  error: unknown;
  onSave: (seed: SeedText) => void;
  /** The seed that is changed, where it is there already: it is not compared with itself. */
  seedId?: string | undefined;
  /** Its anchor, which is not tried. */
  anchorId?: string | undefined;
  /** Further actions, after Save. */
  more?: readonly Action[];
  /** Keys that type nothing are another's now, as while a region is drawn. */
  keysElsewhere?: boolean;
}

/** A seed example, written without the mouse. */
export function SeedForm({
  initial,
  draftPlace,
  saveLabel,
  saving,
  error,
  onSave,
  seedId,
  anchorId,
  more = [],
  keysElsewhere = false,
}: SeedFormProps) {
  const form = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState(() => (draftPlace && loadDraft(draftPlace)) || initial);
  const [tried, setTried] = useState(false);
  const counts = useCoverage();
  const seed = seedOf(draft);
  const { problems } = checkEdit(seed);
  const { similar, spelling } = useInspection(seed, seedId);
  const [trying, setTrying] = useState<SeedsToTry | null>(null);
  const complete = problems.every(({ severity }) => severity !== "error");

  // The browser's storage is the external system.
  useEffect(() => {
    if (draftPlace) keepDraft(draftPlace, draft === initial ? null : draft);
  }, [draftPlace, draft, initial]);

  const change = (part: Partial<SeedDraft>) => setDraft((current) => ({ ...current, ...part }));
  const whenComplete = (run: () => void) => () => {
    setTried(true);
    if (complete) run();
    else form.current?.querySelector<HTMLElement>("[aria-invalid=true], #edit-type-add")?.focus();
  };
  const correct = ({ field, word }: Misspelling, by: string) =>
    setDraft((current) => ({
      ...current,
      [field]: corrected(seedOf(current)[field], word, by),
      // A copied mistake is put right in the copy too.
      ...(field === "sourceCaption" &&
        current.targetCaption !== null && { targetCaption: corrected(current.targetCaption, word, by) }),
    }));
  const save: Action = {
    id: "save",
    label: saveLabel,
    keys: ["Ctrl+Enter"],
    whileTyping: true,
    enabled: !saving,
    run: whenComplete(() => onSave(seed)),
  };
  const tryIt: Action = {
    id: "try",
    label: "Try it",
    keys: ["Alt+t"],
    whileTyping: true,
    run: whenComplete(() => setTrying({ seeds: [seed], ...(anchorId && { notAnchor: anchorId }) })),
  };
  const fixable = spelling.find(({ suggestions }) => suggestions.length > 0);
  const fix: Action = {
    id: "correct",
    label: "Correct the first misspelt word",
    keys: ["Alt+c"],
    whileTyping: true,
    enabled: fixable !== undefined,
    run: () => fixable && correct(fixable, fixable.suggestions[0]!),
  };
  const further = [...more, tryIt];
  const types: Action[] = editTypes.map(({ id, label }, index) => ({
    id: `type-${id}`,
    label,
    keys: [`Alt+${digitOf(index)}`],
    group: "Edit type",
    whileTyping: true,
    run: () => change({ editType: id }),
  }));
  const { help: ask, dialog } = useHelp([save, ...further, fix, ...types]);
  // A question mark is text here.
  const help: Action = { ...ask, keys: ["Alt+h"], whileTyping: true };
  useShortcuts([save, ...further, fix, ...types, ...(keysElsewhere ? [] : [help])], form);

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

  const spellingOf = (field: Misspelling["field"]) => (
    <SpellingNotes words={spelling.filter((word) => word.field === field)} onCorrect={correct} />
  );

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
      {spellingOf("sourceCaption")}
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
      {spellingOf("instruction")}
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
      {spellingOf("targetCaption")}
      <p className="rounded-md bg-sunken px-3 py-2 text-[13px]" data-testid="diff">
        <WordDiff before={seed.sourceCaption} after={seed.targetCaption} />
      </p>
      <SimilarSeeds seeds={similar} />
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
        {further.map((action) => (
          <ActionButton key={action.id} action={action} look="plain" />
        ))}
        <span className="ml-auto">
          <ActionButton action={help} look="quiet" size="small" />
        </span>
      </div>
      {dialog}
      <TryDialog seeds={trying} onClose={() => setTrying(null)} />
    </div>
  );
}

function isField(subject: string | undefined): boolean {
  return subject === "sourceCaption" || subject === "instruction" || subject === "targetCaption";
}
