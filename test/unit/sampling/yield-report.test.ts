import { expect, it } from "vitest";
import { deriveUnit } from "@/lib/domain/derive-seed";
import { compareYield, type ReplayEdit } from "@/lib/domain/sampling/yield-report";

const replay = { keep: 2, keepAtLeast: 1, batch: 4, maxDraws: 30, giveUpBelow: 0.5, passesPerKept: [1, 4] };

/** Edits of two types, half of them hopeless, the others passing at the rate of their type. */
const edits = Array.from({ length: 200 }, (_, e): ReplayEdit => {
  const editType = e % 2 === 0 ? "add" : "change-color";
  const rate = e % 4 < 2 ? 0 : editType === "add" ? 0.15 : 0.6;
  return {
    editType,
    draws: Array.from({ length: 30 }, (_, d) => ({
      unetRows: 10,
      passed: deriveUnit("pass", e, d) < rate,
      direction: deriveUnit("direction", e, d),
    })),
  };
});

it("spends far fewer UNet evaluations for a kept pair than the fixed policy on the same draws", () => {
  const { policies, strata, short } = compareYield(edits, replay);
  const [fixed, adaptive, choosy] = policies;
  expect(short).toBe(0);
  expect(fixed).toMatchObject({ policy: "fixed 30", edits: 200, drawn: 6000, unetRows: 60_000 });
  expect(adaptive!.perThousand! / fixed!.perThousand!).toBeGreaterThan(3);
  expect(adaptive!.kept).toBeGreaterThan(0.8 * fixed!.kept);
  expect(choosy!.direction!).toBeGreaterThan(adaptive!.direction!);
  expect(strata.map(({ label }) => label)).toContain("never passes");
  const total = strata.reduce((sum, stratum) => sum + stratum.policies[1]!.kept, 0);
  expect(total).toBe(adaptive!.kept);
});

it("keeps every pair that the fixed policy finds if it never gives up", () => {
  const { policies } = compareYield(edits, { ...replay, giveUpBelow: 0 });
  expect(policies[1]!.kept).toBe(policies[0]!.kept);
});

it("compares only edits that were drawn as often as the fixed policy draws", () => {
  const half = edits.map((edit, i) => (i % 2 === 0 ? edit : { ...edit, draws: edit.draws.slice(0, 5) }));
  const { short, policies } = compareYield(half, replay);
  expect(short).toBe(100);
  expect(policies[0]!.edits).toBe(100);
});
