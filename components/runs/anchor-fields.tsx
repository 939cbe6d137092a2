"use client";

import { useQuery } from "@tanstack/react-query";
import { Field, Select } from "@/components/ui/field";
import { formatCount } from "@/components/ui/format";
import { api } from "@/lib/api/client";
import { NumberField } from "./number-field";
import { type RunFields, withoutBlanks } from "./run-draft";

/** Stands for the import that an address or an earlier run named. */
const thisImport = "import";

/** Which anchors the run works on. */
export function AnchorFields({ draft, change, problems }: RunFields) {
  const { anchors } = draft;
  const source = useQuery({
    ...api.imports.get.queryOptions({ input: { id: anchors.importId ?? "" } }),
    enabled: anchors.importId !== undefined,
  });
  return (
    <div className="grid grid-cols-2 gap-4">
      <Field label="Anchors" hint="Only those with a caption, in the order of their import.">
        {(ids) => (
          <Select
            {...ids}
            value={anchors.importId ? thisImport : (anchors.origin ?? "")}
            onChange={({ target }) => {
              if (target.value === thisImport) return;
              const { importId, ...rest } = anchors;
              const origin = (target.value || undefined) as typeof anchors.origin;
              change({ anchors: withoutBlanks({ ...rest, origin }) });
            }}
          >
            {anchors.importId && (
              <option value={thisImport}>
                {source.data
                  ? `${formatCount(source.data.added)} of “${source.data.source}”`
                  : "Those of one import"}
              </option>
            )}
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
