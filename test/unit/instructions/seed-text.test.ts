import { describe, expect, it } from "vitest";
import { guessSeparator, readDelimited } from "@/lib/instructions/delimited-text";
import { readSeedText } from "@/lib/instructions/seed-text";

describe("delimited text", () => {
  it("reads quotes, line ends in cells, and where each row began", () => {
    const text = 'a,"b ""c"", d",e\r\n"two\nlines",x,\n\n last , "q" ,1';
    expect(readDelimited(text, ",")).toMatchObject([
      { line: 1, cells: ["a", 'b "c", d', "e"], unclosed: false },
      { line: 2, cells: ["two\nlines", "x", ""] },
      { line: 5, cells: ["last", '"q"', "1"] },
    ]);
  });

  it("marks a quote that is never closed", () => {
    expect(readDelimited('a,b\nc,"d\ne,f', ",")).toMatchObject([
      { line: 1, unclosed: false },
      { line: 2, unclosed: true },
    ]);
  });

  it("finds the separator", () => {
    expect(guessSeparator("a;b, c;d\ne;f;g")).toBe(";");
    expect(guessSeparator("a\tb, c\nd\te")).toBe("\t");
    expect(guessSeparator("one,two\nthree,four")).toBe(",");
  });
});

const caption = "A dog, asleep on a rug.";
const target = "A fox, asleep on a rug.";

describe("pasted seeds", () => {
  it("come as a table with named columns in any order", () => {
    const read = readSeedText(
      `Edit Type,Instruction,Source caption,Target caption,Note\nreplace,Replace the dog with a fox.,"${caption}","${target}",x\n,Paint the rug red.,a blue rug,a red rug,`,
    );
    expect(read.errors).toEqual([]);
    expect(read.table?.used).toEqual({
      header: true,
      sourceCaption: 2,
      instruction: 1,
      targetCaption: 3,
      editType: 0,
    });
    expect(read.seeds.map(({ line, seed }) => [line, seed.editType, seed.sourceCaption])).toEqual([
      [2, "replace", caption],
      [3, "change-color", "a blue rug"],
    ]);
  });

  it("come from a spreadsheet with tabs and without names once the columns are chosen", () => {
    const text = `a blue rug\tPaint the rug red.\ta red rug`;
    const unnamed = readSeedText(text);
    expect(unnamed.seeds).toEqual([]);
    expect(unnamed.errors[0]!.message).toContain("Choose the column of the source caption, the instruction");
    const columns = { header: false, sourceCaption: 0, instruction: 1, targetCaption: 2, editType: null };
    expect(readSeedText(text, columns).seeds[0]!.seed).toMatchObject({ instruction: "Paint the rug red." });
  });

  it("name every row that cannot be used, and give those rows back", () => {
    const text = [
      "source_caption,instruction,target_caption,edit_type",
      "a blue rug,Paint the rug red.,a red rug,change-color",
      "a dog, asleep,Remove the dog.,an empty rug,remove",
      "a cat asleep,Turn it.,a cat asleep,",
      "a cat asleep,Make it a fox,a fox asleep,nonsense",
      'a cat,"Make it a dog,a dog,',
      "lost,in,the quote",
    ].join("\n");
    const read = readSeedText(text);
    expect(read.seeds.map(({ line }) => line)).toEqual([2]);
    expect(read.errors.map(({ line, message }) => `${line} ${message}`)).toEqual([
      expect.stringContaining("3 The row has 5 cells, the first row 4. Put a text that contains a comma"),
      expect.stringContaining("4 The target caption says the same"),
      expect.stringContaining('5 "nonsense" is no edit type'),
      expect.stringContaining("6 A quote is opened here"),
    ]);
    expect(read.only(new Set([4]))).toBe(
      "source_caption,instruction,target_caption,edit_type\na cat asleep,Turn it.,a cat asleep,",
    );
    expect(readSeedText(read.only(new Set([6]))).errors[0]!.line).toBe(2);
  });

  it("that are no table are read as JSON lines", () => {
    const garbage = readSeedText("Dear all, please find attached");
    expect(garbage.format).toBe("table");
    expect(garbage.seeds).toEqual([]);
    expect(readSeedText("hello").errors[0]!.message).toContain("not JSON");
    const lines = readSeedText(`{"instruction": 1}\nnope`);
    expect(lines.format).toBe("jsonl");
    expect(lines.only(new Set([2]))).toBe("nope");
  });
});
