import { Field, TextInput } from "@/components/ui/field";
import { judgeSchema } from "@/lib/domain/endpoint-config";
import { NumberField } from "./number-field";
import type { RunFields } from "./run-draft";

/** A vision-language model that marks the candidates by a pinned rubric. */
export function JudgeFields({ draft, change, problems }: RunFields) {
  const { judge } = draft;
  const price = judge?.price ?? {};
  return (
    <div className="mt-4 flex flex-col gap-2">
      <label className="flex w-fit cursor-pointer items-center gap-2 text-[13px]">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={judge !== undefined}
          onChange={({ target }) =>
            change({
              judge: target.checked ? { ...judgeSchema.parse({ model: "model" }), model: "" } : undefined,
            })
          }
        />
        Let a vision-language model mark the candidates
      </label>
      {judge && (
        <div className="grid grid-cols-2 gap-x-4 gap-y-1 rounded-md bg-sunken/50 p-3">
          <Field
            label="Judge's model"
            hint="As the endpoint calls it."
            error={problems["judge.model"] && "Name the model."}
          >
            {(ids) => (
              <TextInput
                {...ids}
                value={judge.model}
                autoComplete="off"
                onChange={({ target }) => change({ judge: { ...judge, model: target.value } })}
              />
            )}
          </Field>
          <NumberField
            label="Price of a judgement"
            value={price.perRequest || undefined}
            placeholder="0"
            error={problems["judge.price.perRequest"] && "A number from 0."}
            onChange={(perRequest = 0) => change({ judge: { ...judge, price: { ...price, perRequest } } })}
          />
          <label className="col-span-2 flex w-fit cursor-pointer items-center gap-2 text-[13px]">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={judge.onlyPassing ?? true}
              onChange={({ target }) => change({ judge: { ...judge, onlyPassing: target.checked } })}
            />
            Only those that are within all other bounds
          </label>
        </div>
      )}
    </div>
  );
}
