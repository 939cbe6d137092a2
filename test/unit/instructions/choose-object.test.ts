import { describe, expect, it } from "vitest";
import { readChoice } from "@/lib/instructions/choose-object/language-model-chooser";
import { matchObjects, splitNames } from "@/lib/instructions/choose-object/match-objects";
import type { ObjectQuestion } from "@/lib/instructions/choose-object/object-chooser";
import { objectOfTexts } from "@/lib/instructions/choose-object/object-of-texts";

const ask = (part: Partial<ObjectQuestion>) =>
  matchObjects({
    instruction: "Make the car blue.",
    sourceCaption: "a red car next to a pine tree on a meadow",
    targetCaption: "a blue car next to a pine tree on a meadow",
    editType: "change-color",
    editObject: null,
    tags: ["car", "pine tree", "meadow"],
    ...part,
  });

describe("matchObjects", () => {
  it("takes what Stage I named", () => {
    expect(ask({ editObject: "the red car" }).objects).toEqual(["red car"]);
    expect(ask({ editObject: "car, dog and tree" }).objects).toEqual(["car", "dog"]);
  });

  it("else the first thing of the instruction that tags or caption know", () => {
    expect(ask({}).objects).toEqual(["car"]);
    expect(
      ask({ instruction: "Replace the pine tree with a big dog.", editType: "replace" }).objects,
    ).toEqual(["pine tree"]);
    expect(
      ask({ instruction: "Turn the bench and the car green.", tags: ["bench", "car"], editType: "turn" })
        .objects,
    ).toEqual(["bench", "car"]);
  });

  it("names nothing for the whole picture, for additions and for moves", () => {
    expect(ask({ editType: "change-global", instruction: "Make it a winter scene." }).objects).toEqual([]);
    expect(ask({ editType: "add", instruction: "Add a dog next to the car." }).objects).toEqual([]);
    expect(ask({ editType: "others", instruction: "Move the car to the left." }).objects).toEqual([]);
    expect(ask({ editType: "others", instruction: "Let it be strange." }).reason).toContain("names nothing");
  });
});

describe("objectOfTexts", () => {
  const before = {
    instruction: "Make the car blue.",
    sourceCaption: "a red car next to a pine tree on a meadow",
    targetCaption: "a blue car next to a pine tree on a meadow",
    editObject: "red car",
  };
  it.each([
    ["keeps the name while nothing but the target changes", { targetCaption: "a teal car" }, "red car"],
    ["follows the instruction", { instruction: "Make the pine tree golden." }, "pine tree"],
    ["follows the caption", { sourceCaption: "a van, once a car, by a pine tree" }, "car"],
    ["drops the name of an addition", { instruction: "Add a dog.", editType: "add" as const }, null],
    ["drops the name where the words point at nothing", { instruction: "Make the moon blue." }, null],
  ])("%s", (_, change, object) => {
    expect(objectOfTexts(before, { ...before, editType: "change-color", ...change })).toBe(object);
  });
});

describe("a language model's answer", () => {
  it("is read as JSON in any wrapping, or as the published bare line", () => {
    expect(readChoice('{"objects": ["red car"]}')).toEqual(["red car"]);
    expect(readChoice('Sure!\n```json\n{"objects": ["the dog", "a cat", "bird"]}\n```')).toEqual([
      "dog",
      "cat",
    ]);
    expect(readChoice('{"objects": ["NONE"]}')).toEqual([]);
    expect(readChoice("dog, cat")).toEqual(["dog", "cat"]);
    expect(readChoice("NONE")).toEqual([]);
  });

  it("is none where it is nonsense", () => {
    expect(readChoice("")).toBe(null);
    expect(readChoice('{"things": 3}')).toBe(null);
    expect(
      readChoice("I think that the picture would look nicer if the whole mood of it were changed a little."),
    ).toBe(null);
  });
});

it("splits lists of names without their articles", () => {
  expect(splitNames("The Dog and a cat")).toEqual(["dog", "cat"]);
  expect(splitNames(" , ")).toEqual([]);
});
