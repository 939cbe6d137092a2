import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fleissKappa, gwetAc1, rawAgreement } from "@/lib/domain/agreement/chance-corrected";
import type { Coefficient } from "@/lib/domain/agreement/coefficient";
import { cohenKappa, crossTable } from "@/lib/domain/agreement/cohen-kappa";
import { krippendorffAlpha } from "@/lib/domain/agreement/krippendorff-alpha";
import { countRatings, type Ratings } from "@/lib/domain/agreement/ratings";

/** Rows of raters, "." for not seen, as published; turned into one row an item. */
function observers(...lines: string[]): Ratings {
  const raters = lines.map((line) => line.trim().split(/\s+/));
  return raters[0]!.map((_, item) =>
    raters.map((labels) => (labels[item] === "." ? null : (labels[item] as string))),
  );
}

/** Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve units. */
const fourObservers = observers(
  "1 2 3 3 2 1 4 1 2 . . .",
  "1 2 3 3 2 2 4 1 2 5 . 3",
  ". 3 3 3 2 3 4 2 2 5 1 .",
  "1 2 3 3 2 4 4 1 2 5 1 .",
);

describe("published worked examples", () => {
  it("Cohen's κ: the 100 patients of Fleiss, Levin & Paik (2003), table 18.1", () => {
    const kappa = cohenKappa([
      [75, 1, 4],
      [5, 4, 1],
      [0, 0, 10],
    ])!;
    expect(kappa.value).toBeCloseTo(0.676, 3);
    expect(kappa.error).toBeCloseTo(0.088, 3);
  });

  it("Fleiss' κ: ten subjects and fourteen raters (Fleiss' method, the example of Wikipedia), 0.210", () => {
    const rows = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    expect(fleissKappa({ categories: ["1", "2", "3", "4", "5"], rows })!.value).toBeCloseTo(0.21, 3);
  });

  it("Krippendorff's α: section A (two observers, 0.095) and section C (four, with gaps, 0.743)", () => {
    const two = observers("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0");
    expect(krippendorffAlpha(countRatings(two))!.value).toBeCloseTo(0.095, 3);
    expect(krippendorffAlpha(countRatings(fourObservers))!.value).toBeCloseTo(0.743, 3);
  });

  it("Gwet's AC1: the four raters of the handbook (Gwet 2014), 0.775 with standard error 0.143", () => {
    const ac1 = gwetAc1(countRatings(fourObservers))!;
    expect(ac1.value).toBeCloseTo(0.77544, 5);
    expect(ac1.error).toBeCloseTo(0.14295, 5);
  });
});

interface Reference {
  value: number;
  error: number;
  low: number;
  high: number;
  raw: number;
}
interface Case {
  categories: string[];
  ratings: (string | null)[][];
  many: { fleiss: Reference; ac1: Reference; alpha: number; fleissOfStatsmodels?: number };
  two?: { table: number[][]; kappa: number; error: number; low: number; high: number };
}

const cases: Case[] = JSON.parse(readFileSync("test/fixtures/agreement/cases.json", "utf8"));

describe.each(cases.map((item, index) => [index + 1, item] as const))("reference case %i", (_, item) => {
  const counts = countRatings(item.ratings, item.categories);

  it("equals irrCAC in Fleiss' κ and Gwet's AC1, standard error and interval included", () => {
    for (const [ours, theirs] of [
      [fleissKappa(counts), item.many.fleiss],
      [gwetAc1(counts), item.many.ac1],
    ] as [Coefficient, Reference][]) {
      // irrCAC rounds standard errors and bounds to a few digits.
      expect(ours.value).toBeCloseTo(theirs.value, 5);
      expect(ours.error).toBeCloseTo(theirs.error, 4);
      expect(ours.low).toBeCloseTo(theirs.low, 2);
      expect(ours.high).toBeCloseTo(Math.min(1, theirs.high), 2);
      expect(rawAgreement(counts)!.value).toBeCloseTo(theirs.raw, 5);
    }
  });

  it("equals krippendorff in α, and brackets it with a repeatable interval", () => {
    const alpha = krippendorffAlpha(counts)!;
    expect(alpha.value).toBeCloseTo(item.many.alpha, 10);
    expect(alpha.low).toBeLessThan(alpha.value);
    expect(alpha.high).toBeGreaterThan(alpha.value);
    expect(krippendorffAlpha(counts)).toEqual(alpha);
  });

  it("equals statsmodels in Fleiss' and Cohen's κ where they apply", () => {
    if (item.many.fleissOfStatsmodels !== undefined) {
      expect(fleissKappa(counts)!.value).toBeCloseTo(item.many.fleissOfStatsmodels, 10);
    }
    if (!item.two) return;
    const pairs = item.ratings.map((row) => [row[0]!, row[1]!] as const);
    const table = crossTable(pairs, item.categories);
    expect(table).toEqual(item.two.table);
    const kappa = cohenKappa(table)!;
    expect(kappa.value).toBeCloseTo(item.two.kappa, 10);
    expect(kappa.error).toBeCloseTo(item.two.error, 10);
    expect(kappa.low).toBeCloseTo(item.two.low, 8);
    expect(kappa.high).toBeCloseTo(item.two.high, 8);
  });
});

describe("what cannot be measured", () => {
  it("has no coefficient without two ratings of one item, or where only one category occurs", () => {
    const lonely = countRatings([
      ["a", null],
      [null, "b"],
    ]);
    for (const of of [rawAgreement, fleissKappa, gwetAc1, krippendorffAlpha])
      expect(of(lonely)).toBeUndefined();
    const unanimous = countRatings([
      ["a", "a"],
      ["a", "a"],
    ]);
    expect(rawAgreement(unanimous)!.value).toBe(1);
    expect(fleissKappa(unanimous)).toBeUndefined();
    expect(krippendorffAlpha(unanimous)).toBeUndefined();
    expect(cohenKappa([[2]])).toBeUndefined();
    // AC1 is made for this: with both answers possible it is full agreement.
    expect(
      gwetAc1(
        countRatings(
          [
            ["a", "a"],
            ["a", "a"],
          ],
          ["a", "b"],
        ),
      )!.value,
    ).toBe(1);
  });
});
