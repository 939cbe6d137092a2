import { Field, Select } from "@/components/ui/field";
import type { PackView } from "@/lib/api/contract/project";
import { CandidateFields, TargetsField } from "./candidate-fields";
import type { Provider } from "./instruction-fields";
import { NumberField } from "./number-field";
import { type RunFields, withoutBlanks } from "./run-draft";

const fallbacks = {
  "free-form": "Draw them freely",
  skip: "Leave them out, with the reason",
  "whole-image": "Whole-image edits get a mask of everything, as in UltraEdit",
} as const;
const rules = {
  paper: "Outline of the thing, softened towards its box",
  difference: "By how many pieces it has, as UltraEdit's code does",
} as const;
const choosers = {
  match: "Rules on instruction, tags and caption",
  "language-model": "The language model",
} as const;

interface RegionFieldsProps extends RunFields {
  pack: PackView | undefined;
  providers: readonly Provider[];
}

/** Stage III: edits of one thing, repainted inside its mask. */
export function RegionFields({ draft, change, problems, pack, providers }: RegionFieldsProps) {
  const { region } = draft;
  const put = (part: Partial<typeof region>) => change({ region: withoutBlanks({ ...region, ...part }) });
  const able = pack === undefined || (pack.roles.includes("detector") && pack.roles.includes("segmenter"));
  const model = providers.find(({ id }) => id === "openai")?.available ?? false;
  return (
    <div className="flex flex-col gap-2">
      <label className="mb-1 flex w-fit cursor-pointer items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={region.enabled ?? false}
          disabled={!able && !region.enabled}
          onChange={(event) => put({ enabled: event.target.checked })}
        />
        Repaint edits of one thing only inside its mask
      </label>
      {!able && (
        <p className="text-[13px] text-warn">
          This model pack has no detector or segmenter to find regions with.
        </p>
      )}
      {region.enabled ? (
        <div className="grid grid-cols-2 gap-x-4 gap-y-3">
          <NumberField
            label="Share of the edits of one thing"
            value={region.share}
            placeholder="1"
            hint="0 to 1; the others are drawn freely."
            error={problems["region.share"] && "A number from 0 to 1."}
            onChange={(share) => put({ share })}
          />
          <Choice
            label="Edits without a region"
            hint="No single thing, or it is not found."
            choices={fallbacks}
            value={region.withoutObject ?? "free-form"}
            onChange={(withoutObject) => put({ withoutObject })}
          />
          <Choice
            label="Who says what is edited"
            hint={
              model ? "From the instruction and what the tagger sees." : "A language model is not set up."
            }
            choices={choosers}
            disabled={model ? [] : ["language-model"]}
            value={region.chooser ?? "match"}
            onChange={(chooser) => put({ chooser })}
          />
          <Choice
            label="Soft mask"
            hint="What is softened around the fine mask."
            choices={rules}
            value={region.maskRule ?? "paper"}
            onChange={(maskRule) => put({ maskRule })}
          />
          <NumberField
            label="Share with a soft mask"
            value={region.softShare}
            placeholder="0.5"
            hint="The others have a hard one."
            error={problems["region.softShare"] && "A number from 0 to 1."}
            onChange={(softShare) => put({ softShare })}
          />
          <CandidateFields stage="region" draft={draft} change={change} problems={problems} />
          <TargetsField stage="region" draft={draft} change={change} problems={problems} />
        </div>
      ) : (
        <p className="text-[13px] text-ink-soft">No region is looked for; every edit is drawn freely.</p>
      )}
    </div>
  );
}

interface ChoiceProps<Id extends string> {
  label: string;
  hint: string;
  choices: Readonly<Record<Id, string>>;
  disabled?: readonly Id[];
  value: Id;
  onChange: (value: Id) => void;
}

function Choice<Id extends string>({ label, hint, choices, disabled, value, onChange }: ChoiceProps<Id>) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <Select {...ids} value={value} onChange={({ target }) => onChange(target.value as Id)}>
          {(Object.entries(choices) as [Id, string][]).map(([id, name]) => (
            <option key={id} value={id} disabled={disabled?.includes(id)}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
