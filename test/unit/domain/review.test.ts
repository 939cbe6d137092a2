import { describe, expect, it } from "vitest";
import { emptySelection, extendTo, moveCursor, toggleCell } from "@/components/review/batch/grid-selection";
import { percentileIn } from "@/components/review/percentile";
import { assignmentAfter, needsSlot } from "@/lib/domain/review/assignment-state";
import { freeSlot, slotBit, slotMask } from "@/lib/domain/review/slots";
import { uncertaintyOf } from "@/lib/domain/review/uncertainty";
import { type Ballot, verdictOf } from "@/lib/domain/review/verdict";

let next = 0;
const ballot = (actorId: string | null, kind: Ballot["kind"], change: Partial<Ballot> = {}): Ballot => ({
  id: `b${next++}`,
  actorId,
  kind,
  purpose: "review",
  undoesId: null,
  ...change,
});

describe("the verdict on a sample", () => {
  it("waits for as many people as are needed", () => {
    expect(verdictOf([], 1)).toEqual({ state: "pending", disputed: false });
    expect(verdictOf([ballot("ann", "approve")], 2)).toEqual({ state: "pending", disputed: false });
    const both = [ballot("ann", "reject"), ballot("ben", "reject")];
    expect(verdictOf(both, 2)).toEqual({ state: "rejected", disputed: false });
  });

  it("counts one person once, by the last word", () => {
    const twice = [ballot("ann", "approve"), ballot("ann", "reject")];
    expect(verdictOf(twice, 2).state).toBe("pending");
    expect(verdictOf(twice, 1).state).toBe("rejected");
  });

  it("is disputed where people differ, until somebody adjudicates, whatever is voted later", () => {
    const split = [ballot("ann", "approve"), ballot("ben", "reject")];
    expect(verdictOf(split, 2)).toEqual({ state: "pending", disputed: true });
    const settled = [
      ...split,
      ballot("cho", "reject", { purpose: "adjudication" }),
      ballot("ann", "approve"),
    ];
    expect(verdictOf(settled, 2)).toEqual({ state: "rejected", disputed: false });
  });

  it("forgets what was undone", () => {
    const vote = ballot("ann", "approve");
    const undo = ballot("ann", "undo", { undoesId: vote.id });
    expect(verdictOf([vote, undo], 1).state).toBe("pending");
    const earlier = ballot("ann", "reject");
    expect(verdictOf([earlier, vote, undo], 1).state).toBe("rejected");
  });

  it("never counts answers to gold, and takes a policy's word only while nobody voted", () => {
    expect(verdictOf([ballot("ann", "approve", { purpose: "gold" })], 1).state).toBe("pending");
    const policy = ballot(null, "approve", { purpose: "override" });
    expect(verdictOf([policy], 2).state).toBe("approved");
  });

  it("lets an audit alone correct a policy", () => {
    const policy = ballot(null, "approve");
    expect(verdictOf([policy], 3).state).toBe("approved");
    expect(verdictOf([policy, ballot("ann", "reject", { purpose: "audit" })], 3).state).toBe("rejected");
  });
});

describe("an assignment", () => {
  it("cannot be claimed while it is held or done, nor given back when it is done", () => {
    expect(assignmentAfter(null, "claim")).toBe("held");
    expect(assignmentAfter("held", "claim")).toBeNull();
    expect(assignmentAfter("done", "claim")).toBeNull();
    expect(assignmentAfter("done", "release")).toBeNull();
    expect(assignmentAfter("done", "expire")).toBeNull();
    expect(assignmentAfter("done", "undo")).toBe("held");
    expect(assignmentAfter("expired", "claim")).toBe("held");
  });

  it("needs a free slot for a decision after the slot was given back", () => {
    expect(needsSlot("held", "decide")).toBe(false);
    expect(needsSlot("done", "decide")).toBe(false);
    expect(needsSlot("expired", "decide")).toBe(true);
    expect(needsSlot("released", "decide")).toBe(true);
    expect(needsSlot(null, "decide")).toBe(true);
    expect(needsSlot("held", "release")).toBe(false);
  });

  it("takes the lowest free slot", () => {
    expect(freeSlot(0, 3)).toBe(1);
    expect(freeSlot(slotBit(1) | slotBit(3), 3)).toBe(2);
    expect(freeSlot(slotMask(3), 3)).toBeNull();
    expect(freeSlot(slotBit(0), 1)).toBe(1);
  });
});

describe("uncertainty", () => {
  it("is the smallest distance to a bound, as a share of the score's range", () => {
    const bounds = { clipDirection: { min: 0.2 }, ssim: { min: 0.1, max: 0.9 } };
    expect(uncertaintyOf({ clipDirection: 0.3, ssim: 0.8 }, bounds)).toBeCloseTo(0.05);
    expect(uncertaintyOf({ clipDirection: 0.1 }, bounds)).toBeCloseTo(0.05);
    expect(uncertaintyOf({ dino: 0.5 }, bounds)).toBeNull();
    expect(uncertaintyOf({ clipDirection: 0.2 }, {})).toBeNull();
  });
});

describe("a score's percentile", () => {
  it("is read from the histogram", () => {
    const run = { min: 0, max: 4, bins: [1, 1, 1, 1] };
    expect(percentileIn(run, 0)).toBe(0);
    expect(percentileIn(run, 2)).toBe(50);
    expect(percentileIn(run, 3.5)).toBeCloseTo(87.5);
    expect(percentileIn(run, 9)).toBe(100);
    expect(percentileIn({ min: 1, max: 1, bins: [5] }, 1)).toBe(50);
  });
});

describe("the grid's selection", () => {
  it("moves within the sheet and extends from where it began", () => {
    const moved = moveCursor(emptySelection, 5, 20);
    expect(moved).toMatchObject({ cursor: 5, anchor: 5 });
    expect(moveCursor(moved, -6, 20)).toBe(moved);
    expect([...moveCursor(moved, 2, 20, true).chosen]).toEqual([5, 6, 7]);
    expect([...extendTo(moved, 3).chosen]).toEqual([3, 4, 5]);
    const one = toggleCell(moved, 9);
    expect([...one.chosen]).toEqual([9]);
    expect([...toggleCell(one, 9).chosen]).toEqual([]);
  });
});
