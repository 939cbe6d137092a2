import { expect, it } from "vitest";
import { deriveUnit } from "@/lib/domain/derive-seed";
import { compareYield, type ReplayEdit } from "@/lib/domain/sampling/yield-report";

const replay = { keep: 2, keepAtLeast: 1, batch: 4, maxDraws: 30 };
const rules = { giveUpBelow: 0.5, passesPerKept: 1, leastRaise: 1, learnSettings: true };
const compared = [
  { policy: "adaptive", rules },
  { policy: "choosy", rules: { ...rules, passesPerKept: 4 } },
];

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
      setting: null,
    })),
  };
});

it("spends far fewer UNet evaluations for a kept pair than the fixed policy on the same draws", () => {
  const { policies, strata, short } = compareYield(edits, replay, compared, null);
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
  const { policies } = compareYield(
    edits,
    replay,
    [{ policy: "adaptive", rules: { ...rules, giveUpBelow: 0 } }],
    null,
  );
  expect(policies[1]!.kept).toBe(policies[0]!.kept);
});

it("compares only edits that were drawn as often as the fixed policy draws", () => {
  const half = edits.map((edit, i) => (i % 2 === 0 ? edit : { ...edit, draws: edit.draws.slice(0, 5) }));
  const { short, policies } = compareYield(half, replay, compared, null);
  expect(short).toBe(100);
  expect(policies[0]!.edits).toBe(100);
});

it("finds the steps that cost less for the same, and the thresholds that give more", () => {
  const choices = { steps: [4, 10], costs: [3, 9], range: [0.1, 0.9], banded: true, varied: true } as const;
  const settled = Array.from({ length: 60 }, (_, e): ReplayEdit => {
    const level = 0.4 + 0.4 * deriveUnit("level", e);
    return {
      editType: "add",
      draws: Array.from({ length: 60 }, (_, d) => {
        const steps = d % 2 === 0 ? 4 : 10;
        const band = Math.floor(3 * deriveUnit("band", e, d));
        const noise = 0.06 * (deriveUnit("noise", e, d) + deriveUnit("more noise", e, d) - 1);
        const direction = level - 0.05 * band + noise;
        return { unetRows: 4 * (steps === 4 ? 3 : 9), passed: true, direction, setting: { steps, band } };
      }),
    };
  });
  const learning = { ...rules, leastRaise: 0.01 };
  const { policies } = compareYield(
    settled,
    { ...replay, maxDraws: 60 },
    [
      { policy: "learning", rules: learning },
      { policy: "at random", rules: { ...learning, learnSettings: false } },
    ],
    choices,
  );
  const [fixed, learned, random] = policies;
  expect(learned!.kept).toBe(fixed!.kept);
  expect(learned!.perThousand! / fixed!.perThousand!).toBeGreaterThan(6);
  expect(learned!.perThousand!).toBeGreaterThan(1.3 * random!.perThousand!);
  expect(learned!.direction!).toBeGreaterThan(random!.direction! - 0.005);
});
