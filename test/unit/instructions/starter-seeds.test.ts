import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { editTypeIds } from "@/lib/domain/edit-types";
import { classifyInstruction } from "@/lib/domain/instruction-classifier";
import { diffWords } from "@/lib/domain/word-diff";
import { createDeduplicator } from "@/lib/instructions/deduplicator";
import { abstractSeed } from "@/lib/instructions/recombination/abstract-seed";
import { parseSeedLines } from "@/lib/instructions/seed-lines";

const { seeds: lines, errors } = parseSeedLines(readFileSync("lib/instructions/starter-seeds.jsonl", "utf8"));
const seeds = lines.map(({ seed }) => seed);

/** Where the writer's type differs from the leading keyword, and why it is right. */
const justified: Readonly<Record<string, string>> = {
  "Make the beard long and white.": "shape and colour change together, so the beard is changed locally",
  "Make it three tiers tall.": "'it' is the cake, as a person would say",
  "Decorate the vase with a floral pattern.": "decorating can add things; a pattern changes the surface",
  "draw white stripes on the balloon": "drawing can add things; stripes change the surface",
};

describe("starter seeds", () => {
  it("parse without errors, at least 150 of them", () => {
    expect(errors).toEqual([]);
    expect(seeds.length).toBeGreaterThanOrEqual(150);
  });

  it.each(editTypeIds)("show at least ten examples of %s", (type) => {
    expect(seeds.filter((seed) => seed.editType === type).length).toBeGreaterThanOrEqual(10);
  });

  it("carry the type of their wording, or a justified other one", () => {
    const unlike = seeds.filter((seed) => classifyInstruction(seed.instruction) !== seed.editType);
    expect(unlike.map((seed) => seed.instruction).sort()).toEqual(Object.keys(justified).sort());
  });

  it("contain no two instructions alike", () => {
    const held = createDeduplicator();
    for (const seed of seeds) expect(held.add(seed.instruction), seed.instruction).toBeNull();
  });

  it("contain no two from one template: with their things taken out, all wordings differ", () => {
    const wordings = seeds
      .map((seed) => abstractSeed(seed)?.instruction ?? seed.instruction)
      .map((text) => text.toLowerCase().replace(/[.]$/, ""));
    const repeated = wordings.filter((wording, index) => wordings.indexOf(wording) !== index);
    expect(repeated).toEqual([]);
  });

  it("change the caption, and only a part of it", () => {
    for (const seed of seeds) {
      const { changedShare } = diffWords(seed.sourceCaption, seed.targetCaption);
      expect(changedShare, seed.instruction).toBeGreaterThan(0);
      expect(changedShare, seed.instruction).toBeLessThan(0.6);
    }
  });

  it("can nearly all be taken apart into templates", () => {
    expect(seeds.filter((seed) => abstractSeed(seed) === null).length).toBeLessThan(seeds.length * 0.05);
  });
});
