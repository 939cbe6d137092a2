import { z } from "zod";
import { editTypeIds } from "./edit-types";

const unit = z.number().min(0).max(1);
const range = z
  .tuple([unit, unit])
  .refine(([low, high]) => low <= high, "the first number must not be above the second");
const bound = z.strictObject({ min: z.number().optional(), max: z.number().optional() });

/** Score id to bounds. Published thresholds hold only for the encoders they were found with. */
export const thresholdsSchema = z.record(z.string(), bound);
export type Thresholds = z.infer<typeof thresholdsSchema>;

/** Which anchors a run works on; always in the order in which they were imported. */
const anchorSelection = z.strictObject({
  /** Only anchors of this origin. */
  origin: z.enum(["photo", "storybook", "sample"]).optional(),
  /** Only anchors of this import. */
  importId: z.uuid().optional(),
  /** At most so many. */
  limit: z.int().min(1).max(10_000_000).optional(),
});

/** Stage I. `recombination` needs no model; `openai` is any OpenAI-compatible endpoint set in the environment. */
const instructionStage = z.strictObject({
  provider: z.enum(["recombination", "openai"]).default("recombination"),
  /** Edits asked for each anchor; the paper asks for 3. */
  editsPerAnchor: z.int().min(1).max(10).default(3),
  /** Keep only edits of these types. */
  editTypes: z.array(z.enum(editTypeIds)).min(1).optional(),
  /** Prefer words that the model pack was trained on, where it declares them. */
  preferPackVocabulary: z.boolean().default(true),
});

/** Stage II (paper §2.1). Settings left out come from the model pack. */
const freeFormStage = z.strictObject({
  enabled: z.boolean().default(true),
  /** Name of a folder under `models/`. */
  pack: z.string().default("storybook"),
  /** Most candidates drawn for one edit; drawing stops when enough have passed. */
  maxCandidates: z.int().min(1).max(1000).default(12),
  /** Candidates kept of one edit, best CLIP direction first; the paper keeps at most 4. */
  keep: z.int().min(1).max(100).default(2),
  /** Pairs evaluated together. */
  batch: z.int().min(1).max(64).default(4),
  steps: z.int().min(1).max(200).optional(),
  strength: z.number().gt(0).max(1).optional(),
  guidance: z.number().min(1).max(50).optional(),
  /** `refine` aligns the captions word by word, `replace` wants equal word counts, `none` is the ablation. */
  control: z.enum(["refine", "replace", "none"]).default("refine"),
  /** In edits of one thing, keep the source where no word of the edit is attended to (Hertz et al. 2022, LocalBlend). */
  localBlend: z.boolean().default(true),
  /** Range of the share of steps under attention control, drawn per candidate. */
  controlThreshold: range.optional(),
  /** Start from noise and not from the anchor: the paper's ablation. */
  anchorFree: z.boolean().default(false),
});

/** Bounds on what a run may spend; it stops with a message when one is reached. */
const limits = z.strictObject({
  maxMinutes: z.number().positive().optional(),
  maxCandidates: z.int().positive().optional(),
});

/** The whole configuration of a run, frozen when it is launched. Also the format of run files (YAML or JSON). */
export const runConfigSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  /** Every random choice of the run derives from it. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  anchors: anchorSelection.default({}),
  instructions: instructionStage.prefault({}),
  freeForm: freeFormStage.prefault({}),
  /** Replaces the pack's default thresholds, score by score. */
  thresholds: thresholdsSchema.default({}),
  limits: limits.default({}),
});

export type RunConfig = z.infer<typeof runConfigSchema>;
export type RunConfigInput = z.input<typeof runConfigSchema>;
