import { describe, expect, it } from "vitest";
import { planRound, quotaCoverage } from "@/lib/domain/quota-planner";

describe("quotaCoverage", () => {
  it("says what is kept, promised and missing, for the types with a quota only", () => {
    const coverage = quotaCoverage(
      { add: 10, remove: 4, turn: 5 },
      [
        { editType: "add", edits: 20, finished: 16, kept: 8 },
        { editType: "remove", edits: 6, finished: 6, kept: 5 },
        { editType: "replace", edits: 9, finished: 9, kept: 9 },
      ],
      2,
    );
    expect(coverage.map(({ editType }) => editType)).toEqual(["add", "remove", "turn"]);
    const [add, remove, turn] = coverage;
    expect(add).toMatchObject({ kept: 8, pending: 4, editsNeeded: 0 });
    expect(add?.expected).toBeLessThanOrEqual(2);
    expect(remove).toMatchObject({ kept: 5, expected: 0, editsNeeded: 0 });
    expect(turn?.editsNeeded).toBeGreaterThan(4);
  });

  it("asks for more edits of a type that yields less", () => {
    const needed = (kept: number) =>
      quotaCoverage({ add: 50 }, [{ editType: "add", edits: 40, finished: 40, kept }], 2)[0]!.editsNeeded;
    expect(needed(4)).toBeGreaterThan(2 * needed(20));
    expect(Number.isFinite(needed(0))).toBe(true);
  });
});

describe("planRound", () => {
  const coverage = quotaCoverage({ add: 3, turn: 90 }, [], 1);

  it("asks for what is missing, the most wanted first, of as many anchors as are needed", () => {
    const plan = planRound(coverage, 3);
    expect(plan?.editTypes).toEqual(["turn", "add"]);
    const needed = coverage.reduce((sum, { editsNeeded }) => sum + editsNeeded, 0);
    expect(plan?.anchors).toBe(Math.ceil(needed / 3));
  });

  it.each([
    [3, 1, 6],
    [3, 4, 1],
    [40, 4, 10],
    [8, 2, 8],
    [6, 4, 3],
  ])("asks for %i samples at %i edits an anchor of %i anchors", (quota, editsPerAnchor, anchors) => {
    expect(planRound(quotaCoverage({ add: quota }, [], 2), editsPerAnchor)?.anchors).toBe(anchors);
  });

  it("asks for nothing once every quota is met or promised", () => {
    expect(
      planRound(quotaCoverage({ add: 2 }, [{ editType: "add", edits: 2, finished: 2, kept: 2 }], 2), 3),
    ).toBe(null);
    expect(
      planRound(quotaCoverage({ add: 2 }, [{ editType: "add", edits: 50, finished: 2, kept: 1 }], 2), 3),
    ).toBe(null);
  });
});
