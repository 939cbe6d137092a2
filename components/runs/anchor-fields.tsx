import { Field, Select } from "@/components/ui/field";
import { NumberField } from "./number-field";
import { type RunFields, withoutBlanks } from "./run-draft";

/** Which anchors the run works on. */
export function AnchorFields({ draft, change, problems }: RunFields) {
  const { anchors } = draft;
  return (
    <div className="grid grid-cols-2 gap-4">
      <Field label="Anchors" hint="Only those with a caption, in the order of their import.">
        {(ids) => (
          <Select
            {...ids}
            value={anchors.origin ?? ""}
            onChange={({ target }) =>
              change({
                anchors: withoutBlanks({
                  ...anchors,
                  origin: (target.value || undefined) as typeof anchors.origin,
                }),
              })
            }
          >
            <option value="">All but sample images</option>
            <option value="photo">Imported images</option>
            <option value="storybook">Storybook scenes</option>
            <option value="sample">Sample images, for a next turn</option>
          </Select>
        )}
      </Field>
      <NumberField
        label="At most"
        value={anchors.limit}
        placeholder="all of them"
        hint="Start small: a second run can take the rest."
        error={problems["anchors.limit"] && "A whole number from 1, or nothing for all."}
        onChange={(limit) => change({ anchors: withoutBlanks({ ...anchors, limit }) })}
      />
    </div>
  );
}
