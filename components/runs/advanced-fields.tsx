import { Field, Select } from "@/components/ui/field";
import { formatChoices } from "@/components/ui/format";
import type { PackView } from "@/lib/api/contract/project";
import { TargetsField } from "./candidate-fields";
import { NumberField } from "./number-field";
import { type RunFields, withoutBlanks } from "./run-draft";

const controls = {
  refine: "Refine, by word",
  replace: "Replace, equal counts",
  none: "None (ablation)",
} as const;

const gatedWords = { all: "All words", changed: "The words that change" } as const;

/** What most runs leave to the model pack. */
export function AdvancedFields({
  draft,
  change,
  problems,
  pack,
}: RunFields & { pack: PackView | undefined }) {
  const { freeForm, limits, sampling } = draft;
  const sample = (part: Partial<typeof sampling>) =>
    change({ sampling: withoutBlanks({ ...sampling, ...part }) });
  const put = (part: Partial<typeof freeForm>) =>
    change({ freeForm: withoutBlanks({ ...freeForm, ...part }) });
  const limit = (part: Partial<typeof limits>) => change({ limits: withoutBlanks({ ...limits, ...part }) });
  const defaults = pack?.defaults;
  const threshold = freeForm.controlThreshold;
  const setThreshold = (side: 0 | 1, value: number | undefined) => {
    const next: [number, number] = [...(threshold ?? defaults?.controlThreshold ?? [0, 1])];
    if (value === undefined) return put({ controlThreshold: undefined });
    next[side] = value;
    put({ controlThreshold: next });
  };
  const pattern = (value: unknown) => (value === undefined ? "from the pack" : `${value} (from the pack)`);
  const failing = Object.keys(problems).some((path) =>
    /^(freeForm(?!.generator)|sampling|limits|seed)/.test(path),
  );
  return (
    <details className="group rounded-xl border border-line bg-panel" open={failing || undefined}>
      <summary className="rounded-xl px-5 py-4 font-semibold select-none">Advanced</summary>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 px-5 pb-5 md:grid-cols-3">
        <NumberField
          label="Strength"
          value={freeForm.strength}
          placeholder={pattern(defaults?.strength)}
          hint="How far a picture leaves its anchor, above 0 to 1."
          error={problems["freeForm.strength"] && "A number above 0, at most 1."}
          onChange={(strength) => put({ strength })}
        />
        <NumberField
          label="Steps"
          value={freeForm.steps}
          placeholder={pattern(defaults ? formatChoices(defaults.steps) : undefined)}
          hint="Denoising steps, 1 to 200."
          error={problems["freeForm.steps"] && "A whole number from 1 to 200."}
          onChange={(steps) => put({ steps })}
        />
        <NumberField
          label="Guidance"
          value={freeForm.guidance}
          placeholder={pattern(defaults?.guidance)}
          hint="How strictly the caption is followed, from 1."
          error={problems["freeForm.guidance"] && "A number from 1 to 50."}
          onChange={(guidance) => put({ guidance })}
        />
        <Field label="Attention control" hint="How source and target stay alike.">
          {(ids) => (
            <Select
              {...ids}
              value={freeForm.control}
              onChange={({ target }) => put({ control: target.value as keyof typeof controls })}
            >
              {Object.entries(controls).map(([id, label]) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <NumberField
          label="Control from"
          value={threshold?.[0]}
          placeholder={pattern(defaults?.controlThreshold[0])}
          hint="Share of steps under control, drawn for each candidate"
          error={problems["freeForm.controlThreshold.0"] ?? problems["freeForm.controlThreshold"]}
          onChange={(value) => setThreshold(0, value)}
        />
        <NumberField
          label="Control up to"
          value={threshold?.[1]}
          placeholder={pattern(defaults?.controlThreshold[1])}
          hint="from this range, 0 to 1."
          error={problems["freeForm.controlThreshold.1"]}
          onChange={(value) => setThreshold(1, value)}
        />
        <Field label="That range holds for" hint="The others follow the source to the end.">
          {(ids) => (
            <Select
              {...ids}
              value={freeForm.gatedWords ?? "all"}
              onChange={({ target }) => put({ gatedWords: target.value as keyof typeof gatedWords })}
            >
              {Object.entries(gatedWords).map(([id, label]) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <NumberField
          label="Emphasis on new words"
          value={freeForm.emphasis}
          placeholder="1"
          hint="Factor on the attention to them, 0 to 10."
          error={problems["freeForm.emphasis"] && "A number from 0 to 10."}
          onChange={(emphasis) => put({ emphasis })}
        />
        <TargetsField stage="freeForm" draft={draft} change={change} problems={problems} />
        <NumberField
          label="Give up below"
          value={sampling.giveUpBelow}
          placeholder="0.5"
          hint="Stops an edit that yields less than this share of the run's average; 0 never."
          error={problems["sampling.giveUpBelow"] && "A number from 0 to 1."}
          onChange={(giveUpBelow) => sample({ giveUpBelow })}
        />
        <NumberField
          label="Passing for each kept"
          value={sampling.passesPerKept}
          placeholder="1"
          hint="More choice, better pairs, more draws."
          error={problems["sampling.passesPerKept"] && "A whole number from 1 to 20."}
          onChange={(passesPerKept) => sample({ passesPerKept })}
        />
        <NumberField
          label="Draw on for"
          value={sampling.leastRaise}
          placeholder="0.002"
          hint="CLIP direction that a draw must promise once enough passed; 1 stops there."
          error={problems["sampling.leastRaise"] && "A number above 0, up to 1."}
          onChange={(leastRaise) => sample({ leastRaise })}
        />
        <NumberField
          label="Seed"
          value={draft.seed}
          hint="Every random choice of the run derives from it."
          error={problems.seed && "A whole number from 0 to 2147483647."}
          onChange={(seed) => change({ seed: seed ?? 1 })}
        />
        <NumberField
          label="Stop after minutes"
          value={limits.maxMinutes}
          placeholder="no limit"
          hint="Of work; the run then pauses."
          error={problems["limits.maxMinutes"] && "A number above 0."}
          onChange={(maxMinutes) => limit({ maxMinutes })}
        />
        <NumberField
          label="Stop after candidates"
          value={limits.maxCandidates}
          placeholder="no limit"
          hint="The run then pauses."
          error={problems["limits.maxCandidates"] && "A whole number from 1."}
          onChange={(maxCandidates) => limit({ maxCandidates })}
        />
        <label className="col-span-full flex w-fit cursor-pointer items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={sampling.mode === "fixed"}
            onChange={(event) => sample({ mode: event.target.checked ? "fixed" : "adaptive" })}
          />
          Always draw all candidates (for comparing policies with “pentimento yield”)
        </label>
        <label className="col-span-full flex w-fit cursor-pointer items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={sampling.learnSettings ?? true}
            disabled={sampling.mode === "fixed"}
            onChange={(event) => sample({ learnSettings: event.target.checked })}
          />
          Choose steps and control by what they gave so far
        </label>
        <label className="col-span-full flex w-fit cursor-pointer items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={(sampling.varyNoise ?? true) && (sampling.learnSettings ?? true)}
            disabled={sampling.mode === "fixed" || sampling.learnSettings === false}
            onChange={(event) => sample({ varyNoise: event.target.checked })}
          />
          Take up the noise of an edit’s best draws (one pair of each noise is kept)
        </label>
        <label className="col-span-full flex w-fit cursor-pointer items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={freeForm.source === "anchor"}
            onChange={(event) => put({ source: event.target.checked ? "anchor" : "render" })}
          />
          The source is the anchor itself, pixel for pixel, and not a new render of it
        </label>
        <label className="col-span-full flex w-fit cursor-pointer items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={freeForm.anchorFree ?? false}
            onChange={(event) => put({ anchorFree: event.target.checked })}
          />
          Start from noise and not from the anchor (the ablation without anchors)
        </label>
      </div>
    </details>
  );
}
