import { TextInput } from "@/components/ui/field";
import { editTypes } from "@/lib/domain/edit-types";
import type { Quotas } from "@/lib/domain/run-config";
import { NumberField } from "./number-field";
import { type RunFields, withoutBlanks } from "./run-draft";

/** How many samples of each edit type the run is after; blank for a run that takes what comes. */
export function QuotaFields({ draft, change, problems }: RunFields) {
  const { quotas, instructions } = draft;
  const put = (id: keyof Quotas, value: number | undefined) => {
    const next = withoutBlanks({ ...quotas, [id]: value });
    change({ quotas: Object.keys(next).length > 0 ? next : undefined });
  };
  return (
    <details className="group mt-4" open={quotas !== undefined || undefined}>
      <summary className="w-fit rounded text-[13px] font-medium select-none">
        Quotas{" "}
        <span className="font-normal text-ink-soft">
          {quotas
            ? `(${Object.values(quotas).reduce((sum, quota) => sum + (quota || 0), 0)} samples wanted)`
            : "(none: every edit that can be written is drawn)"}
        </span>
      </summary>
      <div className="mt-3 flex flex-col gap-3">
        <div className="grid grid-cols-2 gap-x-6 gap-y-1.5 sm:grid-cols-3">
          {editTypes.map(({ id, label, description }) => (
            <div key={id} className="flex items-center justify-between gap-3 text-[13px]">
              <label htmlFor={`quota-${id}`} title={description}>
                {label}
              </label>
              <TextInput
                id={`quota-${id}`}
                className="!h-7 !w-20 text-right tabular-nums"
                inputMode="numeric"
                autoComplete="off"
                placeholder="–"
                defaultValue={quotas?.[id] ?? ""}
                aria-invalid={Boolean(problems[`quotas.${id}`])}
                onChange={({ target }) =>
                  put(id, target.value.trim() === "" ? undefined : Number(target.value))
                }
              />
            </div>
          ))}
        </div>
        <p className="text-xs text-ink-soft">
          Samples to keep of each type. Types left blank are not made as soon as one has a number.
          Instructions are asked for in rounds, each for what is still missing, until every quota is met or no
          anchor gives more.
        </p>
        {Object.keys(problems).some((path) => path.startsWith("quotas")) && (
          <p role="alert" className="text-xs text-bad">
            A quota is a whole number from 1.
          </p>
        )}
        {quotas && (
          <div className="max-w-56">
            <NumberField
              label="Rounds for each anchor, at most"
              value={instructions.rounds}
              placeholder="3"
              error={problems["instructions.rounds"] && "A whole number from 1 to 20."}
              onChange={(rounds) => change({ instructions: withoutBlanks({ ...instructions, rounds }) })}
            />
          </div>
        )}
      </div>
    </details>
  );
}
