import { describe, expect, it } from "vitest";
import { americanSpelling } from "@/lib/domain/american-spelling";
import { instructionVerb } from "@/lib/domain/instruction-verbs";

describe("the verb of an instruction", () => {
  it.each([
    ["Add a kite.", "add"],
    ["Please, could you REMOVE the car?", "remove"],
    ["In the sky, put a kite.", "put"],
    ["Recolour the door green", "recolor"],
    ["", null],
    ["3 cats", null],
  ])("%s", (instruction, verb) => {
    expect(instructionVerb(instruction)).toBe(verb);
  });
});

describe("American spelling", () => {
  it.each([
    ["colours", "colors"],
    ["stylise", "stylize"],
    ["theatre", "theater"],
    ["travelling", "traveling"],
    ["grey", "gray"],
  ])("of %s", (british, american) => {
    expect(americanSpelling(british)).toContain(american);
  });
});
