import { describe, expect, it } from "vitest";
import { runConfigSchema } from "@/lib/domain/run-config";
import { drawControl } from "@/lib/stages/draw-control";

const edit = {
  key: "a/0",
  sourceCaption: "a cat beside a red car",
  targetCaption: "a cat beside a blue sports car",
};
const controlOf = (stage: object, index = 0, of = edit) => {
  const { freeForm } = runConfigSchema.parse({ name: "Test", freeForm: stage });
  return drawControl({ runSeed: 7, edit: of, range: [0.1, 0.9], stage: freeForm }, index);
};

describe("the control of a draw", () => {
  it("is one threshold of its own in the range, for cross- and self-attention", () => {
    const drawn = [0, 1, 2, 3].map((index) => controlOf({}, index).control);
    for (const { mode, cross, self, ...more } of drawn) {
      expect(mode).toBe("refine");
      expect(cross).toBe(self);
      expect(cross).toBeGreaterThanOrEqual(0.1);
      expect(cross).toBeLessThan(0.9);
      expect(more).toEqual({});
    }
    expect(new Set(drawn.map(({ cross }) => cross)).size).toBe(4);
    expect(controlOf({}, 2)).toEqual(controlOf({}, 2));
  });

  it("names the widest among the draws of a source, the same for each", () => {
    const stage = { targetsPerSource: 3 };
    const drawn = [3, 4, 5].map((index) => controlOf(stage, index));
    const widest = Math.max(...drawn.map(({ control }) => control.cross));
    for (const { sourceControl } of drawn) expect(sourceControl).toEqual({ cross: widest, self: widest });
    expect(controlOf(stage, 6).sourceControl).not.toEqual(drawn[0]!.sourceControl);
    expect(controlOf({}).sourceControl).toBeUndefined();
  });

  it("holds for the changed words only where it is so set; the others follow the source to the end", () => {
    const all = controlOf({}).control.cross;
    const { control, sourceControl } = controlOf({ gatedWords: "changed", targetsPerSource: 2 });
    expect(control).toMatchObject({ cross: 1, crossWords: { blue: all, sports: all }, self: all });
    expect(sourceControl).toMatchObject({ cross: 1 });
  });

  it("weighs the new words", () => {
    expect(controlOf({ emphasis: 2.5 }).control).toMatchObject({ reweights: { blue: 2.5, sports: 2.5 } });
  });

  it("does neither without control, without new words, or where a word may be cut off", () => {
    const stage = { gatedWords: "changed", emphasis: 2 };
    const fewer = { ...edit, targetCaption: "a cat beside a car" };
    const long = { ...edit, targetCaption: `${edit.targetCaption} ${"and a dog ".repeat(20)}` };
    for (const drawn of [
      controlOf({ ...stage, control: "none" }),
      controlOf(stage, 0, fewer),
      controlOf(stage, 0, long),
    ]) {
      expect(drawn.control.crossWords).toBeUndefined();
      expect(drawn.control.reweights).toBeUndefined();
      expect(drawn.control.cross).toBe(drawn.control.self);
    }
  });
});
