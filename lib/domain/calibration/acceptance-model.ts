import { z } from "zod";
import { thresholdRowSchema, thresholdTable } from "./choose-bounds";
import { crossValidate, foldsOf } from "./cross-validate";
import { describeFeatures, featureColumns, featureRow, featureRows } from "./features";
import { fitLogistic, probability } from "./logistic";
import {
  areaUnderCurve,
  brierScore,
  expectedCalibrationError,
  logLoss,
  type Predictions,
  reliabilityBins,
} from "./reliability";

const nullableNumber = z.number().nullable();

/** An acceptance model as it is stored: what computes a probability, and how well that holds out of fold. */
export const acceptanceFitSchema = z.object({
  features: z.array(
    z.object({ score: z.string(), mean: z.number(), deviation: z.number(), mayBeMissing: z.boolean() }),
  ),
  /** Names of the coefficients: a score, or `<score> missing`. */
  columns: z.array(z.string()),
  intercept: z.number(),
  coefficients: z.array(z.number()),
  lambda: z.number(),
  folds: z.int(),
  samples: z.int(),
  approved: z.int(),
  /** Whether decisions were weighted by one over the chance with which their samples were drawn. */
  weighted: z.boolean(),
  losses: z.array(z.object({ lambda: z.number(), logLoss: z.number() })),
  /** What holds beyond each threshold that may be chosen, for accepting and for rejecting. */
  thresholds: z.object({ accept: z.array(thresholdRowSchema), reject: z.array(thresholdRowSchema) }),
  quality: z.object({
    brier: z.number(),
    /** Of always saying the share of approvals. */
    brierOfMean: z.number(),
    logLoss: z.number(),
    calibrationError: z.number(),
    area: nullableNumber,
  }),
  bins: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      samples: z.int(),
      weight: z.number(),
      /** Absent in models of earlier versions. */
      size: z.number().optional(),
      predicted: nullableNumber,
      observed: nullableNumber,
    }),
  ),
});
export type AcceptanceFit = z.infer<typeof acceptanceFitSchema>;

/** A sample that people decided on. */
export interface DecidedSample {
  readonly scores: Readonly<Record<string, number>>;
  readonly approved: boolean;
  /** Samples of one anchor are one group. */
  readonly group: string;
  /** One over the chance with which it was drawn; 1 where every sample was looked at. */
  readonly weight: number;
}

export const foldCount = 5;
/** Fewer of either answer teach nothing that holds. */
export const fewestOfEachAnswer = 20;

export type FitOutcome =
  | { readonly ok: true; readonly fit: AcceptanceFit; readonly predictions: Predictions }
  | { readonly ok: false; readonly problem: string };

/** Fits the probability that people approve on the scores, choosing the penalty by five-fold cross-validation. */
export function fitAcceptance(samples: readonly DecidedSample[], scores: readonly string[]): FitOutcome {
  const approved = samples.filter((sample) => sample.approved).length;
  const rejected = samples.length - approved;
  if (Math.min(approved, rejected) < fewestOfEachAnswer) {
    return {
      ok: false,
      problem: `A model needs ${fewestOfEachAnswer} approved and ${fewestOfEachAnswer} rejected samples with scores; there are ${approved} and ${rejected}.`,
    };
  }
  const folds = foldsOf(
    samples.map(({ group }) => group),
    foldCount,
  );
  if (new Set(folds).size < 2) {
    return { ok: false, problem: "The decided samples come from too few anchors to test a model on others." };
  }
  const features = describeFeatures(
    samples.map((sample) => sample.scores),
    scores,
  );
  const rows = featureRows(
    features,
    samples.map((sample) => sample.scores),
  );
  const accepted = samples.map((sample) => (sample.approved ? 1 : 0));
  const weights = normalised(samples.map(({ weight }) => weight));
  const checked = crossValidate(rows, accepted, weights, folds);
  const fit = fitLogistic(rows, accepted, weights, checked.lambda);
  const predictions = { probabilities: checked.probabilities, accepted, weights };
  const bins = reliabilityBins(predictions);
  const mean = weights.reduce((sum, weight, i) => sum + weight * accepted[i]!, 0) / samples.length;
  return {
    ok: true,
    predictions,
    fit: {
      features,
      columns: featureColumns(features),
      intercept: fit.intercept,
      coefficients: [...fit.coefficients],
      lambda: checked.lambda,
      folds: new Set(folds).size,
      samples: samples.length,
      approved,
      weighted: samples.some(({ weight }) => weight !== samples[0]!.weight),
      losses: [...checked.losses],
      thresholds: {
        accept: thresholdTable(predictions, "accept"),
        reject: thresholdTable(predictions, "reject"),
      },
      quality: {
        brier: brierScore(predictions),
        brierOfMean: mean * (1 - mean),
        logLoss: logLoss(predictions),
        calibrationError: expectedCalibrationError(bins),
        area: areaUnderCurve(predictions),
      },
      bins,
    },
  };
}

/** The model's probability that people approve a sample with these scores. */
export function acceptanceOf(fit: AcceptanceFit, scores: Readonly<Record<string, number>>): number {
  const coefficients = Float64Array.from(fit.coefficients);
  return probability({ intercept: fit.intercept, coefficients }, featureRow(fit.features, scores));
}

/** Weights with mean 1, so that a penalty means the same however they are scaled. */
function normalised(weights: readonly number[]): number[] {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}
