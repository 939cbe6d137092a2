import { expect, it } from "vitest";
import { editedWords } from "@/lib/domain/edited-words";

it("points at the thing and at the words that changed", () => {
  expect(
    editedWords({
      sourceCaption: "a red car beside a tall tree, watercolour",
      targetCaption: "a green car beside a tall tree, watercolour",
      editType: "change-color",
      editObject: "red car",
    }),
  ).toEqual({ sourceWords: ["red", "car"], targetWords: ["car", "green"] });
});

it("points at what is added, though no object was named", () => {
  expect(
    editedWords({
      sourceCaption: "a dog on a beach",
      targetCaption: "a dog and a yellow kite on a beach",
      editType: "add",
      editObject: null,
    }),
  ).toEqual({ sourceWords: [], targetWords: ["yellow", "kite"] });
});

it("leaves edits of the whole picture alone", () => {
  const texts = { sourceCaption: "a dog on a beach by day", targetCaption: "a dog on a beach at night" };
  expect(editedWords({ ...texts, editType: "change-global", editObject: null })).toBeNull();
  expect(editedWords({ ...texts, editType: "turn", editObject: null })).toBeNull();
});
