import type { KeyboardEvent } from "react";
import { Key } from "@/components/actions/shortcut-help";
import { classNames } from "@/components/ui/class-names";
import { type EditType, editTypeInfo, editTypes } from "@/lib/domain/edit-types";

interface EditTypePickerProps {
  value: EditType;
  /** The type that the wording suggests. */
  suggested: EditType | null;
  counts: ReadonlyMap<EditType, number>;
  onChange: (value: EditType) => void;
}

/** The digit of an edit type: 1 to 9, then 0. */
export function digitOf(index: number): string {
  return String((index + 1) % 10);
}

/** The edit types as radio buttons: arrows move, digits choose. Each shows how many seeds there are of it. */
export function EditTypePicker({ value, suggested, counts, onChange }: EditTypePickerProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = editTypes.find((_, index) => digitOf(index) === event.key);
    if (!chosen || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onChange(chosen.id);
    document.getElementById(`edit-type-${chosen.id}`)?.focus();
  };
  return (
    <fieldset onKeyDown={onKeyDown}>
      <legend className="mb-1.5 text-[13px] font-medium">Edit type</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-1.5">
        {editTypes.map(({ id, label, description, example }, index) => (
          <label
            key={id}
            title={`${description}\nFor example: ${example}`}
            className={classNames(
              "flex cursor-pointer items-center gap-1.5 rounded-md border px-1.5 py-1 text-[13px]",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
              value === id
                ? "border-accent bg-accent-soft text-accent"
                : "border-line hover:border-line-strong",
            )}
          >
            <input
              id={`edit-type-${id}`}
              type="radio"
              name="edit-type"
              value={id}
              checked={value === id}
              onChange={() => onChange(id)}
              className="sr-only"
            />
            <Key name={digitOf(index)} />
            <span className="truncate">{label}</span>
            <span className="ml-auto text-xs text-ink-soft tabular-nums">{counts.get(id) ?? ""}</span>
          </label>
        ))}
      </div>
      <p className="mt-1 min-h-4 text-xs text-ink-soft">
        {suggested && suggested !== value ? (
          <span className="text-warn">
            The wording suggests “{editTypeInfo(suggested).label}”.{" "}
            <button type="button" className="underline" onClick={() => onChange(suggested)}>
              Take it
            </button>
          </span>
        ) : (
          editTypeInfo(value).description
        )}
      </p>
    </fieldset>
  );
}
