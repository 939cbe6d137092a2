import { oc } from "@orpc/contract";
import { z } from "zod";
import { acceptanceFitSchema } from "@/lib/domain/calibration/acceptance-model";
import { routingSchema } from "@/lib/domain/calibration/routing";
import { date, editType, id, jobState } from "./shared";

export const acceptanceModelView = z.object({
  id,
  createdAt: date,
  createdBy: z.string().nullable(),
  fit: acceptanceFitSchema,
});
export type AcceptanceModelView = z.infer<typeof acceptanceModelView>;

export const modelPolicyView = z.object({
  id,
  version: z.int(),
  modelId: id,
  routing: routingSchema,
  /** It decides on new samples now. */
  active: z.boolean(),
  createdAt: date,
  /** The action that holds all its decisions and takes them back. */
  bulkId: id.nullable(),
  state: jobState,
  undone: z.boolean(),
  message: z.string().nullable(),
  decided: z.object({ approved: z.int(), rejected: z.int() }),
  /** What people said of the samples that were drawn for audit. */
  audit: z.object({ waiting: z.int(), agreed: z.int(), overruled: z.int() }),
  /** Null while no decision was timed. */
  hoursSaved: z.number().nullable(),
});
export type ModelPolicyView = z.infer<typeof modelPolicyView>;

export const calibrationOverview = z.object({
  candidates: z.int(),
  /** Of the newest samples that people decided, at most `limit`. */
  decided: z.object({ approved: z.int(), rejected: z.int(), stale: z.int(), limit: z.int() }),
  pending: z.int(),
  reviewersPerSample: z.int(),
  time: z.object({ seconds: z.number().nullable(), measured: z.int() }),
  models: z.array(acceptanceModelView),
  policies: z.array(modelPolicyView),
});
export type CalibrationOverview = z.infer<typeof calibrationOverview>;

const coefficient = z
  .object({ value: z.number(), error: z.number().nullable(), low: z.number(), high: z.number() })
  .nullable();
const agreementOf = z.object({
  /** Samples with two or more answers. */
  samples: z.int(),
  raw: coefficient,
  /** For two raters; null where there are more. */
  cohen: coefficient,
  fleiss: coefficient,
  alpha: coefficient,
  ac1: coefficient,
});
export type AgreementView = z.infer<typeof agreementOf>;

/** What the answers are compared on: everything, one edit type, whether one reason was given, or both. */
export const agreementScope = z.object({
  editType: editType.optional(),
  reason: z.string().max(100).optional(),
});
export type AgreementScope = z.infer<typeof agreementScope>;

export const agreementReport = z.object({
  overall: agreementOf,
  byType: z.array(z.object({ editType: z.string(), agreement: agreementOf })),
  byReason: z.array(z.object({ reason: z.string(), label: z.string(), agreement: agreementOf })),
  pairs: z.array(z.object({ first: z.string(), second: z.string(), agreement: agreementOf })),
  reviewers: z.array(
    z.object({
      name: z.string(),
      /** With what most of the others said of the same sample; where they are evenly split it is left out. */
      withOthers: agreementOf,
      /** With the answers of gold samples; null where none was seen. */
      gold: z
        .object({ seen: z.int(), agreed: z.int(), value: z.number(), low: z.number(), high: z.number() })
        .nullable(),
    }),
  ),
  /** Only the newest so many samples with several answers are looked at. */
  limit: z.int(),
});
export type AgreementReport = z.infer<typeof agreementReport>;

export const calibration = {
  overview: oc
    .route({
      method: "GET",
      path: "/calibration",
      summary: "Decisions, acceptance models and what they decided",
    })
    .output(calibrationOverview),
  agreement: oc
    .route({ method: "GET", path: "/calibration/agreement", summary: "How far reviewers agree" })
    .input(agreementScope.default({}))
    .output(agreementReport),
  /** Asks a worker to fit a model on the decisions so far; it appears in the overview. */
  fit: oc.route({ method: "POST", path: "/calibration/models" }).output(z.object({ decisions: z.int() })),
  /** How many pending samples a model would decide on. */
  forecast: oc
    .route({ method: "POST", path: "/calibration/forecast" })
    .input(z.object({ modelId: id, acceptAt: z.number().nullable(), rejectAt: z.number().nullable() }))
    .output(z.object({ pending: z.int(), accept: z.int(), reject: z.int(), sampled: z.int() })),
  /** Makes a model decide on pending and new samples from now on, as a new version of the selection policy. */
  apply: oc
    .route({ method: "POST", path: "/calibration/policies" })
    .input(
      z.object({
        modelId: id,
        acceptAt: z.number().min(0).max(1).nullable(),
        rejectAt: z.number().min(0).max(1).nullable(),
        auditShare: z.number().min(0).max(1),
        acceptPrecision: z.number().min(0.5).max(1),
        rejectPrecision: z.number().min(0.5).max(1),
        confidence: z.number().min(0.5).max(0.9999),
      }),
    )
    .output(modelPolicyView),
  /** New samples go to people again; what it decided stands. */
  retire: oc
    .route({ method: "POST", path: "/calibration/policies/{id}/retire" })
    .input(z.object({ id }))
    .output(modelPolicyView),
};
