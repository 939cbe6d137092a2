import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { acceptanceFitSchema, acceptanceOf, fitAcceptance } from "@/lib/domain/calibration/acceptance-model";
import { chooseBound, thresholdsTried, thresholdTable } from "@/lib/domain/calibration/choose-bounds";
import { crossValidate } from "@/lib/domain/calibration/cross-validate";
import { describeFeatures, featureColumns, featureRows } from "@/lib/domain/calibration/features";
import { fitLogistic, probability } from "@/lib/domain/calibration/logistic";
import {
  areaUnderCurve,
  brierScore,
  expectedCalibrationError,
  logLoss,
  reliabilityBins,
} from "@/lib/domain/calibration/reliability";
import { hoursSaved, reviewTime } from "@/lib/domain/calibration/review-time";
import { type Routing, routeOf } from "@/lib/domain/calibration/routing";
import { normalQuantile, studentQuantile } from "@/lib/domain/statistics/beta";
import { exactInterval, lowerBound, wilsonInterval } from "@/lib/domain/statistics/proportion-bounds";
import { randomStream } from "@/lib/domain/statistics/random-stream";

/** Made by scikit-learn, scipy and statsmodels: test/fixtures/calibration/make_fixtures.py. */
const reference = JSON.parse(readFileSync("test/fixtures/calibration/cases.json", "utf8")) as {
  scores: Record<string, number>[];
  accepted: number[];
  weights: number[];
  folds: number[];
  fits: { lambda: number; intercept: number; coefficients: number[]; probabilities: number[] }[];
  held: {
    lambda: number;
    probabilities: number[];
    brier: number;
    logLoss: number;
    area: number;
    calibrationError: number;
  };
  bounds: {
    successes: number;
    trials: number;
    lower: number;
    exact: [number, number];
    wilson: [number, number];
  }[];
  quantiles: { normal: [number, number][]; student: [number, number, number][] };
};
const { scores, accepted, weights, folds } = reference;
const features = describeFeatures(scores, ["clip", "ssim", "dino", "never"]);
const rows = featureRows(features, scores);

describe("the acceptance model against scikit-learn", () => {
  it("has a column for each score, and one more for the score that is sometimes missing", () => {
    expect(featureColumns(features)).toEqual(["clip", "ssim", "dino", "dino missing"]);
  });

  it.each(reference.fits)("fits the same coefficients at λ = $lambda", (expected) => {
    const fit = fitLogistic(rows, accepted, weights, expected.lambda);
    expect(fit.intercept).toBeCloseTo(expected.intercept, 6);
    for (const [i, coefficient] of expected.coefficients.entries()) {
      expect(fit.coefficients[i]).toBeCloseTo(coefficient, 6);
    }
    for (const [i, p] of expected.probabilities.entries())
      expect(probability(fit, rows[i]!)).toBeCloseTo(p, 7);
  });

  it("predicts the same out of fold, and measures it the same", () => {
    const { held } = reference;
    const fold = (number: number) => {
      const inside = rows.flatMap((_, i) => (folds[i] === number ? [] : [i]));
      const pick = <T>(values: readonly T[]) => inside.map((i) => values[i]!);
      return fitLogistic(pick(rows), pick(accepted), pick(weights), held.lambda);
    };
    const fits = [0, 1, 2, 3, 4].map(fold);
    const probabilities = rows.map((row, i) => probability(fits[folds[i]!]!, row));
    for (const [i, p] of held.probabilities.entries()) expect(probabilities[i]).toBeCloseTo(p, 7);
    const predictions = { probabilities, accepted, weights };
    expect(brierScore(predictions)).toBeCloseTo(held.brier, 8);
    expect(logLoss(predictions)).toBeCloseTo(held.logLoss, 8);
    expect(areaUnderCurve(predictions)).toBeCloseTo(held.area, 8);
    expect(expectedCalibrationError(reliabilityBins(predictions))).toBeCloseTo(held.calibrationError, 8);
  });

  it("chooses the penalty with the least out-of-fold loss", () => {
    const checked = crossValidate(rows, accepted, weights, folds);
    const least = Math.min(...checked.losses.map((loss) => loss.logLoss));
    expect(checked.losses.find(({ lambda }) => lambda === checked.lambda)!.logLoss).toBe(least);
    expect(checked.losses.find(({ lambda }) => lambda === 1)!.logLoss).toBeCloseTo(reference.held.logLoss, 7);
  });

  it("stays finite where the scores separate the answers", () => {
    const clean = [-2, -1, 1, 2].map((x) => Float64Array.of(x));
    const fit = fitLogistic(clean, [0, 0, 1, 1], [1, 1, 1, 1], 0.01);
    expect(fit.coefficients[0]).toBeGreaterThan(1);
    expect(Number.isFinite(fit.coefficients[0])).toBe(true);
  });
});

describe("bounds and quantiles against scipy and statsmodels", () => {
  it.each(reference.bounds)("$successes of $trials", ({ successes, trials, lower, exact, wilson }) => {
    expect(lowerBound(successes, trials, 0.95)).toBeCloseTo(lower, 9);
    const ours = exactInterval(successes, trials);
    expect([ours.low, ours.high]).toEqual([expect.closeTo(exact[0], 9), expect.closeTo(exact[1], 9)]);
    const score = wilsonInterval(successes, trials);
    expect([score.low, score.high]).toEqual([expect.closeTo(wilson[0], 9), expect.closeTo(wilson[1], 9)]);
  });

  it("has the quantiles of the normal and Student's distribution", () => {
    for (const [p, value] of reference.quantiles.normal) expect(normalQuantile(p)).toBeCloseTo(value, 8);
    for (const [p, degrees, value] of reference.quantiles.student) {
      expect(studentQuantile(p, degrees) / value).toBeCloseTo(1, 7);
    }
  });
});

/** Decisions of people who follow a known probability of the one score. */
function people(count: number, seed: number) {
  const random = randomStream(seed);
  return Array.from({ length: count }, (_, i) => {
    const clip = random();
    const chance = 1 / (1 + Math.exp(-(12 * clip - 5)));
    return { scores: { clip }, chance, approved: random() < chance, group: `anchor ${i >> 1}`, weight: 1 };
  });
}

describe("choosing a threshold", () => {
  it("keeps the promised precision on samples that the model never saw, nearly always", () => {
    const unseen = people(40_000, 99);
    let broken = 0;
    let chosen = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const outcome = fitAcceptance(people(800, seed), ["clip"]);
      if (!outcome.ok) throw new Error(outcome.problem);
      const bound = chooseBound(outcome.fit.thresholds.accept, 0.9, 0.95);
      if (!bound) continue;
      chosen++;
      const taken = unseen.filter((sample) => acceptanceOf(outcome.fit, sample.scores) >= bound.at);
      if (taken.reduce((sum, { chance }) => sum + chance, 0) / taken.length < 0.9) broken++;
    }
    expect(chosen).toBeGreaterThan(30);
    expect(broken / chosen).toBeLessThanOrEqual(0.05);
  });

  it("recovers the precision of a biased draw by weighting", () => {
    // Uncertain samples were eight times as likely to be looked at.
    const random = randomStream(5);
    const drawn = people(40_000, 3).flatMap((sample) => {
      const draw = Math.abs(sample.chance - 0.5) < 0.3 ? 0.4 : 0.05;
      return random() < draw ? [{ ...sample, weight: 1 / draw }] : [];
    });
    const all = people(40_000, 3);
    const rate = (of: { approved: boolean; weight: number }[]) =>
      of.reduce((sum, { approved, weight }) => sum + (approved ? weight : 0), 0) /
      of.reduce((sum, { weight }) => sum + weight, 0);
    const truth = rate(all);
    expect(Math.abs(rate(drawn) - truth)).toBeLessThan(0.01);
    expect(Math.abs(rate(drawn.map((sample) => ({ ...sample, weight: 1 }))) - truth)).toBeGreaterThan(0.03);
  });

  it("finds nothing where nothing can be shown, and says why too few decisions teach nothing", () => {
    const few = { probabilities: [0.99, 0.98, 0.97], accepted: [1, 1, 1], weights: [1, 1, 1] };
    expect(chooseBound(thresholdTable(few, "accept"), 0.9)).toBeNull();
    expect(fitAcceptance(people(12, 1), ["clip"])).toMatchObject({ ok: false });
    expect(thresholdsTried).toBe(20);
  });

  it("survives being stored", () => {
    const outcome = fitAcceptance(people(400, 2), ["clip", "ssim"]);
    if (!outcome.ok) throw new Error(outcome.problem);
    const stored = acceptanceFitSchema.parse(JSON.parse(JSON.stringify(outcome.fit)));
    expect(acceptanceOf(stored, { clip: 0.7 })).toBe(acceptanceOf(outcome.fit, { clip: 0.7 }));
  });
});

describe("routing", () => {
  const routing: Routing = {
    acceptAt: 0.9,
    rejectAt: 0.1,
    auditShare: 0.1,
    seed: 4,
    acceptPrecision: 0.95,
    rejectPrecision: 0.95,
    confidence: 0.95,
  };

  it("sends the uncertain band to people, and audits the stated share of the rest", () => {
    expect(routeOf(routing, 0.5, "a")).toBe("people");
    const routes = Array.from({ length: 20_000 }, (_, i) =>
      routeOf(routing, i % 2 ? 0.95 : 0.05, `sample ${i}`),
    );
    const share = (route: string) => routes.filter((one) => one === route).length / routes.length;
    expect(share("auditAccept") + share("auditReject")).toBeCloseTo(0.1, 2);
    expect(share("accept")).toBeCloseTo(0.45, 2);
    expect(routeOf(routing, 0.95, "sample 1")).toBe(routes[1]);
  });

  it("counts the hours that reviewers did not spend, leaving out breaks", () => {
    const time = reviewTime([2000, 4000, 3_600_000]);
    expect(time).toEqual({ seconds: 3, measured: 2 });
    expect(hoursSaved(1200, 2, time)).toBe(2);
    expect(hoursSaved(1200, 2, reviewTime([]))).toBeNull();
  });
});
