import { describe, expect, it } from "vitest";
import { formatSeedLines, parseEditType, parseSeedLines } from "@/lib/instructions/seed-lines";

const line = (record: Record<string, unknown>): string => JSON.stringify(record);
const good = {
  source_caption: "A dog on a rug.",
  instruction: "Replace the dog with a fox.",
  target_caption: "A fox on a rug.",
  edit_type: "replace",
};

describe("parseSeedLines", () => {
  it("reads back what formatSeedLines writes", () => {
    const seeds = [
      {
        sourceCaption: 'A "quoted" dog; on a rug.',
        instruction: "Make the dog red.",
        targetCaption: 'A red "quoted" dog; on a rug.',
        editType: "change-color" as const,
      },
    ];
    expect(parseSeedLines(formatSeedLines(seeds)).seeds.map(({ seed }) => seed)).toEqual(seeds);
  });

  it("accepts the field names of UltraEdit, InstructPix2Pix and camel case", () => {
    const text = [
      line({
        input_text: "A dog on a rug.",
        edit_instruction: "Make the dog red.",
        output_text: "A red dog on a rug.",
      }),
      line({ input: "A dog on a rug.", edit: "Make the dog red.", output: "A red dog on a rug." }),
      line({
        sourceCaption: "A dog on a rug.",
        instruction: "Make the dog red.",
        targetCaption: "A red dog on a rug.",
        editType: "Change_Colour",
      }),
    ].join("\r\n");
    const { seeds, errors } = parseSeedLines(`\ufeff${text}\n`);
    expect(errors).toEqual([]);
    expect(seeds.map(({ seed }) => seed.editType)).toEqual(["change-color", "change-color", "change-color"]);
  });

  it("reports each bad line with its number and field, and keeps the rest", () => {
    const text = [
      line(good),
      "not json",
      "",
      "[1, 2]",
      line({ ...good, instruction: undefined }),
      line({ ...good, target_caption: 7 }),
      line({ ...good, edit_type: "explode" }),
      line({ ...good, target_caption: good.source_caption }),
      line({ ...good, source_caption: "word ".repeat(80) }),
      line({ ...good, instruction: "Make the <b>dog</b> red" }),
      line({ ...good, padding: "x".repeat(30_000) }),
    ].join("\n");
    const { seeds, errors } = parseSeedLines(text);
    expect(seeds.map((seed) => seed.line)).toEqual([1]);
    expect(errors.map((error) => [error.line, error.field])).toEqual([
      [2, "line"],
      [4, "line"],
      [5, "instruction"],
      [6, "targetCaption"],
      [7, "editType"],
      [8, "targetCaption"],
      [9, "sourceCaption"],
      [10, "instruction"],
      [11, "line"],
    ]);
    expect(errors[2]?.message).toBe('The field "instruction" is missing.');
  });

  it("warns where the type and the wording differ", () => {
    expect(parseSeedLines(line({ ...good, edit_type: "turn" })).seeds[0]?.warnings).toHaveLength(1);
  });

  it("reads common spellings of the types", () => {
    expect(["Change-Color", "change colour", "TRANSFORM_GLOBAL", "Other"].map(parseEditType)).toEqual([
      "change-color",
      "change-color",
      "transform-global",
      "others",
    ]);
    expect(parseEditType("")).toBeNull();
  });
});
