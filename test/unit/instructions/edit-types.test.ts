import { describe, expect, it } from "vitest";
import { type EditType, editTypeIds, editTypeInfo, editTypes, isEditType } from "@/lib/domain/edit-types";
import { classifyInstruction } from "@/lib/domain/instruction-classifier";

describe("edit types", () => {
  it("describes each of the ten ids once, with an example of its own type", () => {
    expect(editTypes.map((info) => info.id)).toEqual([...editTypeIds]);
    for (const id of editTypeIds) expect(classifyInstruction(editTypeInfo(id).example), id).toBe(id);
  });

  it("knows ids from other words", () => {
    expect(isEditType("turn")).toBe(true);
    expect(isEditType("Turn")).toBe(false);
  });
});

const expected: Readonly<Record<EditType, readonly string[]>> = {
  add: [
    "Add a hat to the man",
    "Please put a vase on the table.",
    "In the sky, insert two balloons",
    "There should be a boat on the lake",
    "Give the dog a bone",
  ],
  remove: [
    "Remove the car",
    "Get rid of the sign.",
    "Take the cup away",
    "Could you erase her shadow?",
    "Make the bird disappear",
  ],
  replace: [
    "Replace the dog with a cat",
    "swap the apple for a pear",
    "Use a mug instead of the glass",
    "Put a tent in place of the house",
    "The bus should be replaced by a tram",
  ],
  "change-color": [
    "Change the color of the frisbee to blue",
    "Make the cat orange",
    "Paint the fence white.",
    "Change the red shirt to a green one",
    "Dye her hair purple",
    "The door should be yellow",
    "Give the wall a pink colour",
  ],
  "change-local": [
    "Change the woman's expression to a frown",
    "Make the tree taller",
    "Alter the pattern of the dress",
    "Paint a mural on the wall",
    "Make the sky-high tower shorter",
  ],
  "change-global": [
    "Change the background to a bustling city street at night",
    "Make it a snowy winter landscape",
    "Change the season to autumn",
    "Make the scene rainy",
    "Let it snow",
    "Give the picture a warm light",
    "make it night",
  ],
  "transform-local": [
    "Transform the slipper into a glass one",
    "Convert the truck into a robot",
    "Morph the cat into a lion",
  ],
  "transform-global": [
    "Transform the image into a watercolor painting",
    "Render the scene as a charcoal drawing",
    "Convert everything to pixel art",
  ],
  turn: ["Turn the dog into a fox", "Turn the day into night", "turn it into winter"],
  others: [
    "Let the dog jump",
    "Rotate the car",
    "Zoom in on the face",
    "Have the man wave",
    "",
    "Put the dog on the sofa",
  ],
};

describe("classifyInstruction", () => {
  for (const [type, instructions] of Object.entries(expected)) {
    it.each(instructions)(`calls "%s" ${type}`, (instruction) => {
      expect(classifyInstruction(instruction)).toBe(type);
    });
  }

  it("does not mind case, spaces, marks and politeness", () => {
    expect(classifyInstruction("  PLEASE,  could you  Replace the dog with a cat!! ")).toBe("replace");
  });

  it("takes ten thousand words in stride", () => {
    const start = performance.now();
    classifyInstruction(`change ${"the very long thing of ".repeat(2000)} to blue`);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
