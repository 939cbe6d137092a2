import { CheckChips } from "@/components/ui/check-chips";
import { classNames } from "@/components/ui/class-names";
import { editTypes } from "@/lib/domain/edit-types";
import { NumberField } from "./number-field";
import { type RunFields, withoutBlanks } from "./run-draft";

export interface Provider {
  id: "recombination" | "openai";
  label: string;
  available: boolean;
  hint: string | null;
}

const notes: Record<Provider["id"], string> = {
  recombination:
    "Fits the wording of human seeds to each caption. Quick and repeatable, but it invents nothing.",
  openai: "Writes new edits after the pattern of the seeds.",
};

/** Who writes the edits, how many, and of which kinds. */
export function InstructionFields({
  draft,
  change,
  problems,
  providers,
}: RunFields & { providers: readonly Provider[] }) {
  const { instructions } = draft;
  const put = (part: Partial<typeof instructions>) =>
    change({ instructions: withoutBlanks({ ...instructions, ...part }) });
  return (
    <div className="flex flex-col gap-4">
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-1 text-[13px] font-medium">Written by</legend>
        {providers.map(({ id, label, available, hint }) => (
          <label
            key={id}
            className={classNames(
              "flex items-start gap-2.5 rounded-lg border p-3",
              instructions.provider === id ? "border-accent bg-accent-soft" : "border-line",
              available ? "cursor-pointer" : "opacity-75",
            )}
          >
            <input
              type="radio"
              name="provider"
              className="mt-1 accent-accent"
              checked={instructions.provider === id}
              disabled={!available}
              onChange={() => put({ provider: id })}
            />
            <span>
              <span className="block font-medium">{label}</span>
              <span className="block text-[13px] text-ink-soft">{available ? notes[id] : hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-[10rem_1fr]">
        <NumberField
          label="Edits for each anchor"
          value={instructions.editsPerAnchor}
          placeholder="3"
          hint="1 to 10"
          error={problems["instructions.editsPerAnchor"] && "A whole number from 1 to 10."}
          onChange={(editsPerAnchor) => put({ editsPerAnchor })}
        />
        <CheckChips
          legend="Edit types"
          none="all"
          choices={editTypes}
          value={instructions.editTypes ?? []}
          onChange={(chosen) => put({ editTypes: chosen.length > 0 ? chosen : undefined })}
        />
      </div>
    </div>
  );
}
