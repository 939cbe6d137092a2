import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkEdit } from "@/lib/domain/instruction-checks";
import type { SeedExample } from "@/lib/domain/instruction-records";
import {
  createRecombinationProvider,
  recombinationLabel,
} from "@/lib/instructions/recombination/recombination-provider";
import { vocabularyOfCaptions } from "@/lib/instructions/recombination/vocabulary";
import { parseSeedLines } from "@/lib/instructions/seed-lines";

const seeds = parseSeedLines(readFileSync("lib/instructions/starter-seeds.jsonl", "utf8")).seeds.map(
  ({ seed }) => seed,
);
const captionsOf = (file: string): string[] =>
  readFileSync(`test/fixtures/instructions/${file}`, "utf8").trim().split("\n");
// Every third: the sentences differ more than they need to.
const photos = [...captionsOf("photo-captions.txt"), ...captionsOf("photo-captions-heldout.txt")].filter(
  (_, index) => index % 3 === 0,
);
const provider = createRecombinationProvider();

/** The one edit that a single seed makes of a caption. */
async function carryOver(seed: SeedExample, caption: string) {
  const { edits } = await provider.propose(caption, { count: 1, seeds: [seed], rngSeed: 1 });
  return edits[0] ?? null;
}
const seed = (
  sourceCaption: string,
  instruction: string,
  targetCaption: string,
  editType: SeedExample["editType"],
): SeedExample => ({ sourceCaption, instruction, targetCaption, editType });

describe("one seed carried over", () => {
  it.each([
    [
      seed(
        "A wooden chair in a hall.",
        "Transform the chair into a marble one.",
        "A marble chair in a hall.",
        "transform-local",
      ),
      "A man sitting on a red wooden bench in a park.",
      "Transform the bench into a marble one.",
      "A man sitting on a marble bench in a park.",
      "bench",
    ],
    [
      seed(
        "A woman at a bus stop.",
        "Give the woman a red scarf.",
        "A woman wearing a red scarf at a bus stop.",
        "add",
      ),
      "An old man standing near a lake.",
      "Give the man a red scarf.",
      "An old man wearing a red scarf standing near a lake.",
      null,
    ],
    [
      seed(
        "A horse in a field.",
        "Lay a blanket over the horse's back.",
        "A horse with a blanket over its back in a field.",
        "add",
      ),
      "Two people looking at a brown cow near a gate.",
      "Lay a blanket over the cow's back.",
      "Two people looking at a brown cow with a blanket over its back near a gate.",
      null,
    ],
    [
      seed("A cat next to a laptop on a desk.", "Remove the laptop.", "A cat on a desk.", "remove"),
      "A dog lying on a couch next to a pillow.",
      "Remove the pillow.",
      "A dog lying on a couch.",
      "pillow",
    ],
    [
      seed("A dog sitting on a rug.", "Have the dog lie down.", "A dog lying on a rug.", "others"),
      "A black cat sitting on a bed.",
      "Have the cat lie down.",
      "A black cat lying on a bed.",
      "cat",
    ],
    [
      seed("A boat in a harbor.", "Show two boats instead of one.", "Two boats in a harbor.", "others"),
      "An old car parked on a street.",
      "Show two cars instead of one.",
      "Two old cars parked on a street.",
      "car",
    ],
    [
      seed(
        "A house on a hill.",
        "Change the time of day to night.",
        "A house on a hill at night.",
        "change-global",
      ),
      "A red bus driving down a street.",
      "Change the time of day to night.",
      "A red bus driving down a street at night.",
      null,
    ],
    [
      seed(
        "Two dogs in a garden.",
        "Render the scene as an oil painting.",
        "An oil painting of two dogs in a garden.",
        "transform-global",
      ),
      "A cup of tea on a table.",
      "Render the scene as an oil painting.",
      "An oil painting of a cup of tea on a table.",
      null,
    ],
    [
      seed(
        "a red house in a meadow in summer at dawn",
        "turn summer into winter",
        "a red house in a meadow in winter at dawn",
        "turn",
      ),
      "a blue car on a beach in winter at night",
      /^Turn winter into (?:spring|summer|autumn)\.$/,
      /^a blue car on a beach in (?:spring|summer|autumn) at night$/,
      null,
    ],
    [
      seed(
        "A red car on a street.",
        "Change the color of the car to blue.",
        "A blue car on a street.",
        "change-color",
      ),
      "A black and white umbrella lying on the sand.",
      /^Change the color of the umbrella to (\w+)\.$/,
      /^An? \w+ umbrella lying on the sand\.$/,
      "umbrella",
    ],
    [
      seed("A dog on a rug.", "Replace the dog with a cat.", "A cat on a rug.", "replace"),
      "A herd of sheep grazing on a hill.",
      /^Replace the sheep with (?:horses|cows|goats|donkeys)\.$/,
      /^A herd of (?:horses|cows|goats|donkeys) grazing on a hill\.$/,
      "sheep",
    ],
  ])("%#", async (example, caption, instruction, target, object) => {
    const edit = await carryOver(example, caption);
    expect(edit?.instruction).toMatch(instruction);
    expect(edit?.targetCaption).toMatch(target);
    expect(edit).toMatchObject({ editObject: object, editType: example.editType, sourceCaption: caption });
  });

  it.each([
    [
      "weather indoors",
      seed("A dog in a park.", "Make it snow.", "A dog in a park in falling snow.", "change-global"),
      "A stove and a sink in a kitchen.",
    ],
    [
      "a second time of day",
      seed("A dog in a park.", "Make it night.", "A dog in a park at night.", "change-global"),
      "A street in a city at sunset.",
    ],
    [
      "an animal that cannot do what the caption says",
      seed("A dog on a rug.", "Replace the dog with a cat.", "A cat on a rug.", "replace"),
      "A monkey climbing a wall.",
    ],
    [
      "a thing that is part of a place",
      seed("A cat next to a laptop on a desk.", "Remove the laptop.", "A cat on a desk.", "remove"),
      "A man standing on the side of a street.",
    ],
    [
      "a posture at a table",
      seed("A dog sitting on a rug.", "Have the dog lie down.", "A dog lying on a rug.", "others"),
      "A dog sitting at a table.",
    ],
    [
      "paint on cloth",
      seed("A white door in a wall.", "Paint the door green.", "A green door in a wall.", "change-color"),
      "A woman in a blue dress.",
    ],
  ])("does not make %s", async (_, example, caption) => {
    expect(await carryOver(example, caption)).toBeNull();
  });
});

describe("the starter seeds on photograph captions", () => {
  it("give three valid, different edits for every caption, and the same ones again", async () => {
    for (const caption of photos) {
      const first = await provider.propose(caption, { count: 3, seeds, rngSeed: 5 });
      expect(first.edits.length, caption).toBe(3);
      expect(new Set(first.edits.map((edit) => edit.targetCaption)).size).toBe(3);
      for (const edit of first.edits) {
        expect(checkEdit(edit).problems.filter((problem) => problem.severity === "error")).toEqual([]);
        expect(edit.instruction).toMatch(/^[A-Z].*[.!?]$/);
        expect(`${edit.instruction} ${edit.targetCaption}`).not.toMatch(
          /[{}]|\b(?:a|an|the) (?:a|an|the)\b|\ba [aeio]\w| {2}|\s[.,]/,
        );
        expect(edit.provenance).toMatchObject({
          providerLabel: recombinationLabel,
          model: null,
          usage: null,
        });
      }
      const again = await provider.propose(caption, { count: 3, seeds, rngSeed: 5 });
      expect(again.edits).toEqual(first.edits);
    }
  });

  it("spread over all ten edit types", async () => {
    const counts = new Map<string, number>();
    for (const caption of photos) {
      for (const { editType } of (await provider.propose(caption, { count: 3, seeds, rngSeed: 9 })).edits)
        counts.set(editType, (counts.get(editType) ?? 0) + 1);
    }
    expect(counts.size).toBe(10);
    const all = photos.length * 3;
    for (const [type, count] of counts) expect(count / all, type).toBeLessThan(0.2);
    for (const [type, count] of counts)
      if (type !== "remove") expect(count / all, type).toBeGreaterThan(0.06);
  });

  it("differ with the seed number", async () => {
    const texts = async (rngSeed: number) =>
      (await provider.propose(photos[0]!, { count: 3, seeds, rngSeed })).edits.map(
        (edit) => edit.instruction,
      );
    expect(await texts(1)).not.toEqual(await texts(2));
  });
});

describe("a vocabulary", () => {
  const captions = [
    "a red car beside a blue house in a meadow in spring at dawn",
    "a fox next to a cat on a beach in winter at night, watercolour painting",
    "a green bus and a yellow truck in summer at sunset, flat illustration",
  ];
  const vocabulary = vocabularyOfCaptions(captions);

  it("is read from sample captions", () => {
    expect(vocabulary.nouns).toEqual(expect.arrayContaining(["car", "house", "fox", "cat", "bus", "truck"]));
    expect([...vocabulary.colours].sort()).toEqual(["blue", "green", "red", "yellow"]);
  });

  it("keeps every new word of the target caption within it", async () => {
    const restricted = createRecombinationProvider({ vocabulary });
    const known = new Set([...captions.join(" ").split(/[\s,]+/), "in", "two", "three", "with", "the", "an"]);
    let made = 0;
    for (const caption of captions) {
      for (let rngSeed = 0; rngSeed < 20; rngSeed++) {
        for (const edit of (await restricted.propose(caption, { count: 3, seeds, rngSeed })).edits) {
          made++;
          const foreign = edit.targetCaption
            .split(/[\s,]+/)
            .filter(
              (word) => !known.has(word) && !known.has(word.replace(/(?:e?s)$/, "")) && !/^fox/.test(word),
            );
          expect(foreign, edit.targetCaption).toEqual([]);
        }
      }
    }
    expect(made).toBeGreaterThan(100);
  });
});

describe("bad input", () => {
  it.each(["", "dog", "word ".repeat(61), "a dog \u0000 on a rug"])(
    "refuses the caption %j with a clear sentence",
    async (caption) => {
      await expect(provider.propose(caption, { count: 3, seeds, rngSeed: 1 })).rejects.toMatchObject({
        name: "UserError",
        subject: "caption",
      });
    },
  );

  it("says so where no seed fits", async () => {
    const { edits, failures } = await provider.propose("Собака лежит на диване.", {
      count: 3,
      seeds: seeds.slice(0, 1),
      rngSeed: 1,
    });
    expect(edits).toEqual([]);
    expect(failures[0]?.reason).toContain("No seed's pattern fits");
  });

  it("refuses an empty list of seeds and stops when asked to", async () => {
    await expect(provider.propose(photos[0]!, { count: 1, seeds: [], rngSeed: 1 })).rejects.toMatchObject({
      subject: "seeds",
    });
    await expect(
      provider.propose(photos[0]!, { count: 1, seeds, rngSeed: 1, signal: AbortSignal.abort() }),
    ).rejects.toThrow();
  });
});
