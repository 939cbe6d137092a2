import { Badge } from "@/components/ui/badge";
import { Field, Select } from "@/components/ui/field";
import type { PackView } from "@/lib/api/contract/project";
import { CandidateFields } from "./candidate-fields";
import { GeneratorFields } from "./generator-fields";
import { type RunFields, withoutBlanks } from "./run-draft";

interface ImageFieldsProps extends RunFields {
  packs: readonly PackView[];
  pack: PackView | undefined;
}

/** Which models draw, and how many candidates. */
export function ImageFields({ draft, change, problems, packs, pack }: ImageFieldsProps) {
  const { freeForm } = draft;
  const put = (part: Partial<typeof freeForm>) =>
    change({ freeForm: withoutBlanks({ ...freeForm, ...part }) });
  return (
    <div className="flex flex-col gap-2">
      <label className="mb-1 flex w-fit cursor-pointer items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={freeForm.enabled ?? true}
          onChange={(event) => put({ enabled: event.target.checked })}
        />
        Draw candidates for the edits
      </label>
      {(freeForm.enabled ?? true) ? (
        <>
          <Field label="Model pack" hint={<PackNote pack={pack} />}>
            {(ids) => (
              <Select {...ids} value={freeForm.pack} onChange={({ target }) => put({ pack: target.value })}>
                {!pack && <option value={freeForm.pack}>{freeForm.pack} (not there)</option>}
                {packs.map(({ name, title, version }) => (
                  <option key={name} value={name}>
                    {title} {version}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <GeneratorFields draft={draft} change={change} problems={problems} />
          <div className="grid grid-cols-2 gap-4">
            <CandidateFields stage="freeForm" draft={draft} change={change} problems={problems} />
          </div>
        </>
      ) : (
        <p className="text-[13px] text-ink-soft">Only texts are made; no image is drawn.</p>
      )}
    </div>
  );
}

function PackNote({ pack }: { pack: PackView | undefined }) {
  if (!pack) return "There is no folder of this name with a pack.json.";
  if (pack.problem) return <span className="text-bad">{pack.problem}</span>;
  return (
    <>
      {pack.summary} {pack.licence && <Badge>{pack.licence}</Badge>}
    </>
  );
}
