import { Field, Select, TextInput } from "@/components/ui/field";
import { type ImagesEndpoint, imageGeneratorSchema } from "@/lib/domain/endpoint-config";
import { NumberField } from "./number-field";
import { type RunFields, withoutBlanks } from "./run-draft";

const newEndpoint = imageGeneratorSchema.parse({ kind: "images-endpoint", model: "model" }) as ImagesEndpoint;

/** Who draws: the pack's models, or an images endpoint with its prompt, sizes and prices. */
export function GeneratorFields({ draft, change, problems }: RunFields) {
  const { freeForm, limits } = draft;
  const generator = freeForm.generator ?? { kind: "pack" as const };
  const choose = (kind: string) =>
    change({
      freeForm: {
        ...freeForm,
        generator:
          kind === "pack"
            ? { kind: "pack" }
            : // The model's name is the person's to give; until then the form says so.
              { ...newEndpoint, model: "" },
      },
    });
  return (
    <>
      <Field label="Drawn by" hint={generator.kind === "pack" ? undefined : "The pack scores the pictures."}>
        {(ids) => (
          <Select {...ids} value={generator.kind} onChange={({ target }) => choose(target.value)}>
            <option value="pack">The model pack</option>
            <option value="images-endpoint">An OpenAI-compatible images endpoint</option>
          </Select>
        )}
      </Field>
      {generator.kind === "images-endpoint" && (
        <EndpointFields
          generator={generator as ImagesEndpoint}
          put={(part) => change({ freeForm: { ...freeForm, generator: { ...generator, ...part } } })}
          problems={problems}
          maxSpend={limits.maxSpend}
          putMaxSpend={(maxSpend) => change({ limits: withoutBlanks({ ...limits, maxSpend }) })}
        />
      )}
    </>
  );
}

interface EndpointFieldsProps {
  generator: ImagesEndpoint;
  put: (part: Partial<ImagesEndpoint>) => void;
  problems: Record<string, string>;
  maxSpend: number | undefined;
  putMaxSpend: (value: number | undefined) => void;
}

function EndpointFields({ generator, put, problems, maxSpend, putMaxSpend }: EndpointFieldsProps) {
  const problem = (field: string) => problems[`freeForm.generator.${field}`];
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-1 rounded-md bg-sunken/50 p-3">
      <Field label="Model" hint="As the endpoint calls it." error={problem("model") && "Name the model."}>
        {(ids) => (
          <TextInput
            {...ids}
            value={generator.model}
            autoComplete="off"
            onChange={({ target }) => put({ model: target.value })}
          />
        )}
      </Field>
      <Field
        label="Sizes"
        hint="Such as 1024x1024 1536x1024; blank leaves the size to it."
        error={
          (Object.keys(problems).some((path) => path.startsWith("freeForm.generator.sizes")) &&
            "Width x height, in pixels.") ||
          undefined
        }
      >
        {(ids) => (
          <TextInput
            {...ids}
            defaultValue={generator.sizes.join(" ")}
            autoComplete="off"
            onChange={({ target }) => put({ sizes: target.value.split(/[\s,]+/).filter(Boolean) })}
          />
        )}
      </Field>
      <div className="col-span-2">
        <Field
          label="Prompt"
          hint="{instruction}, {source} and {target} stand for the texts of the edit."
          error={problem("prompt")}
        >
          {(ids) => (
            <TextInput
              {...ids}
              value={generator.prompt}
              autoComplete="off"
              onChange={({ target }) => put({ prompt: target.value })}
            />
          )}
        </Field>
      </div>
      <NumberField
        label="Price of a request"
        value={generator.price.perRequest || undefined}
        placeholder="0"
        hint="In the endpoint's currency."
        error={problem("price.perRequest") && "A number from 0."}
        onChange={(perRequest = 0) => put({ price: { ...generator.price, perRequest } })}
      />
      <NumberField
        label="Stop after spending"
        value={maxSpend}
        placeholder="no limit"
        hint="The run then pauses."
        error={problems["limits.maxSpend"] && "A number above 0."}
        onChange={putMaxSpend}
      />
      <NumberField
        label="Price of a million tokens in"
        value={generator.price.perMillionInputTokens || undefined}
        placeholder="0"
        hint="Where the endpoint counts tokens."
        error={problem("price.perMillionInputTokens") && "A number from 0."}
        onChange={(perMillionInputTokens = 0) =>
          put({ price: { ...generator.price, perMillionInputTokens } })
        }
      />
      <NumberField
        label="Price of a million tokens out"
        value={generator.price.perMillionOutputTokens || undefined}
        placeholder="0"
        error={problem("price.perMillionOutputTokens") && "A number from 0."}
        onChange={(perMillionOutputTokens = 0) =>
          put({ price: { ...generator.price, perMillionOutputTokens } })
        }
      />
      <NumberField
        label="Requests a minute, at most"
        value={generator.requestsPerMinute}
        hint="Of one worker."
        error={problem("requestsPerMinute") && "A whole number from 1."}
        onChange={(requestsPerMinute = 60) => put({ requestsPerMinute })}
      />
      <NumberField
        label="Longest side in pixels"
        value={generator.maxSide}
        hint="Of the pictures sent and kept."
        error={problem("maxSide") && "A whole number from 64 to 4096."}
        onChange={(maxSide = 1024) => put({ maxSide })}
      />
      <label className="col-span-2 flex w-fit cursor-pointer items-center gap-2 text-[13px]">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={generator.useMask}
          onChange={({ target }) => put({ useMask: target.checked })}
        />
        Send the edit's mask where it has one, and keep every pixel outside of it
      </label>
    </div>
  );
}
