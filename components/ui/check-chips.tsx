import { classNames } from "./class-names";

interface CheckChipsProps<Id extends string> {
  legend: string;
  choices: readonly { id: Id; label: string; description?: string }[];
  value: readonly Id[];
  onChange: (value: Id[]) => void;
  /** What an empty choice means. */
  none?: string;
}

/** Several of a few choices, as check boxes that look like chips. */
export function CheckChips<Id extends string>({
  legend,
  choices,
  value,
  onChange,
  none,
}: CheckChipsProps<Id>) {
  const toggle = (id: Id) =>
    onChange(value.includes(id) ? value.filter((other) => other !== id) : [...value, id]);
  return (
    <fieldset>
      <legend className="mb-1.5 text-[13px] font-medium">
        {legend} {none && value.length === 0 && <span className="font-normal text-ink-soft">({none})</span>}
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {choices.map(({ id, label, description }) => (
          <label
            key={id}
            title={description}
            className={classNames(
              "cursor-pointer rounded-md border px-2 py-0.5 text-[13px]",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
              value.includes(id)
                ? "border-accent bg-accent-soft text-accent"
                : "border-line hover:border-line-strong",
            )}
          >
            <input
              type="checkbox"
              className="sr-only"
              checked={value.includes(id)}
              onChange={() => toggle(id)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
