import { Select } from "@/components/ui/field";
import { type EditType, editTypes, isEditType } from "@/lib/domain/edit-types";

/** A filter by edit type; null is all of them. */
export function EditTypeSelect({
  value,
  onChange,
  className,
}: {
  value: EditType | null;
  onChange: (value: EditType | null) => void;
  className?: string;
}) {
  return (
    <Select
      aria-label="Edit type"
      className={className}
      value={value ?? ""}
      onChange={({ target }) => onChange(isEditType(target.value) ? target.value : null)}
    >
      <option value="">All edit types</option>
      {editTypes.map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </Select>
  );
}
