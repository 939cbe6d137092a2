import { describe, expect, it } from "vitest";
import { captionRules, countWords, inspectText, instructionRules } from "@/lib/domain/captions";
import { checkEdit } from "@/lib/domain/instruction-checks";

const codes = (raw: string, rules = captionRules): string[] =>
  inspectText(raw, rules).problems.map((problem) => `${problem.severity}:${problem.code}`);

describe("inspectText", () => {
  it("passes and tidies an honest caption", () => {
    expect(inspectText("  A dog\n\ton a  rug. ")).toEqual({ text: "A dog on a rug.", problems: [] });
  });

  it.each([
    ["", "error:empty"],
    ["   \n ", "error:empty"],
    ["dog rug", "error:too-short"],
    [`${"word ".repeat(61)}`, "error:too-long"],
    ["word ".repeat(10_000), "error:too-long"],
    ["x".repeat(2_000_000), "error:too-long"],
    ["a dog \u0000 on a rug", "error:control-characters"],
    ["a dog \u202e on a rug", "error:control-characters"],
    ["12 34 56 78", "error:no-letters"],
    ["a dog \ud83d on a rug", "error:broken-unicode"],
  ])("refuses %j", (raw, code) => {
    expect(codes(raw)).toContain(code);
  });

  it("takes HTML out of captions and refuses it in instructions", () => {
    const stripped = inspectText("A <b>dog</b> on a rug <script>alert(1)</script>");
    expect(stripped.text).toBe("A dog on a rug alert(1)");
    expect(stripped.problems.map((problem) => problem.code)).toEqual(["markup"]);
    expect(codes("Make the <i>dog</i> red", instructionRules)).toContain("error:markup");
    expect(codes("a 3 < 4 sign on a wall")).toEqual([]);
  });

  it("counts words of scripts written without spaces", () => {
    expect(countWords("一只狗坐在红色的沙发上")).toBeGreaterThan(3);
    expect(codes("一只狗坐在红色的沙发上")).toEqual([]);
    expect(codes("собака лежит на диване")).toEqual([]);
    expect(codes("a 👩‍👩‍👧 family photo")).toEqual([]);
  });

  it("names the field and what to do", () => {
    expect(inspectText("word ".repeat(70)).problems[0]?.message).toBe(
      "The caption has 70 words; the limit is 60. Shorten it.",
    );
  });
});

describe("checkEdit", () => {
  const edit = {
    sourceCaption: "A dog on a rug.",
    instruction: "Replace the dog with a fox.",
    targetCaption: "A fox on a rug.",
  };

  it("finds nothing wrong with a good edit", () => {
    expect(checkEdit({ ...edit, editType: "replace" }).problems).toEqual([]);
  });

  it("refuses an unchanged target, even with other marks and case", () => {
    const { problems } = checkEdit({ ...edit, targetCaption: "a DOG on a rug!" });
    expect(problems.map((problem) => problem.code)).toEqual(["target-unchanged"]);
  });

  it("warns of a rewritten caption and of an unusual type", () => {
    const { problems } = checkEdit({
      ...edit,
      targetCaption: "Two foxes playing in fresh snow.",
      editType: "add",
    });
    expect(problems.map((problem) => [problem.severity, problem.code])).toEqual([
      ["warning", "much-changed"],
      ["warning", "type-differs"],
    ]);
  });
});
