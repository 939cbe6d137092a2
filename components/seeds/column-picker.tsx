import { useId } from "react";
import { Select } from "@/components/ui/field";
import type { SeedColumns } from "@/lib/api/contract/seeds";

const fields = [
  { id: "sourceCaption", label: "Source caption", optional: false },
  { id: "instruction", label: "Instruction", optional: false },
  { id: "targetCaption", label: "Target caption", optional: false },
  { id: "editType", label: "Edit type", optional: true },
] as const;

interface ColumnPickerProps {
  table: { columns: readonly string[]; used: SeedColumns };
  onChange: (columns: SeedColumns) => void;
}

/** Says which column of a pasted table holds what; filled in as far as the columns' names tell. */
export function ColumnPicker({ table: { columns, used }, onChange }: ColumnPickerProps) {
  const name = useId();
  return (
    <fieldset className="rounded-lg border border-line p-3">
      <legend className="px-1 text-[13px] font-medium">Columns</legend>
      <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
        {fields.map(({ id, label, optional }) => (
          <label key={id} htmlFor={`${name}-${id}`} className="flex flex-col gap-1 text-xs text-ink-soft">
            {label}
            <Select
              id={`${name}-${id}`}
              value={used[id] ?? ""}
              aria-invalid={!optional && used[id] === null}
              onChange={(event) =>
                onChange({ ...used, [id]: event.target.value === "" ? null : Number(event.target.value) })
              }
            >
              <option value="">{optional ? "from the wording" : "choose…"}</option>
              {columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <option key={index} value={index}>
                  {column}
                </option>
              ))}
            </Select>
          </label>
        ))}
      </div>
      <label className="mt-2 flex items-center gap-2 text-[13px]">
        <input
          type="checkbox"
          checked={used.header}
          onChange={(event) => onChange({ ...used, header: event.target.checked })}
        />
        The first row names the columns
      </label>
    </fieldset>
  );
}
