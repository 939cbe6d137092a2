import { expect, it } from "vitest";
import { unaskedChanges } from "@/lib/domain/unasked-changes";
import { readStarterSeeds } from "@/lib/instructions/starter-seeds";

const source = "a blue elephant next to an orange castle under a clear sky";

it.each([
  ["Make the sky purple.", "a blue elephant next to an orange castle under a purple sky", []],
  ["Make the sky purple.", "a red elephant next to an orange castle under a purple sky", ["blue → red"]],
  ["Paint the elephant in stripes.", "a striped elephant next to an orange castle under a clear sky", []],
  ["Remove the castle.", "a blue elephant under a clear sky", []],
  ["Remove the castle.", "a blue elephant and a dog under a clear sky", []],
  [
    "Add a dog.",
    "a blue elephant and a dog next to a ruined castle under a clear sky",
    ["an orange → a ruined"],
  ],
  // Nothing of what changed is named, so nothing can be called unasked.
  ["Make it winter.", "a blue elephant in snow next to an orange castle under a grey sky", []],
])("%s %s", (instruction, targetCaption, unasked) => {
  expect(unaskedChanges({ sourceCaption: source, instruction, targetCaption })).toEqual(unasked);
});

it("finds nothing to say about the examples that ship", () => {
  const blamed = readStarterSeeds().filter((seed) => unaskedChanges(seed).length > 0);
  expect(blamed).toEqual([]);
});
