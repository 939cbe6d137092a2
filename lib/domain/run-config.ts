import { z } from "zod";
import { editTypeIds } from "./edit-types";
import { imageGeneratorSchema, judgeSchema } from "./endpoint-config";

const unit = z.number().min(0).max(1);
const range = z
  .tuple([unit, unit])
  .refine(([low, high]) => low <= high, "the first number must not be above the second");
const bound = z.strictObject({ min: z.number().optional(), max: z.number().optional() });

/**
 * Score to bounds; `region/…`, `<edit type>/…` or both before the score narrow where a bound holds (`thresholds.ts`).
 * Published thresholds hold only for the encoders they were found with.
 */
export const thresholdsSchema = z.record(z.string(), bound);
export type Thresholds = z.infer<typeof thresholdsSchema>;

/** Which anchors a run works on; always in the order in which they were imported. */
const anchorSelection = z.strictObject({
  /** Only anchors of this origin. */
  origin: z.enum(["photo", "storybook", "sample"]).optional(),
  /** Only pictures of this turn of a chain; 1 is an imported picture. Left out, and with no origin, it is 1. */
  turn: z.int().min(1).max(1000).optional(),
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
  /** How often one anchor may be asked while a quota is not met. */
  rounds: z.int().min(1).max(20).default(3),
  /** Prefer words that the model pack was trained on, where it declares them. */
  preferPackVocabulary: z.boolean().default(true),
});

/** Prompt-to-prompt's ways with single words (Hertz et al. 2022), alike in Stages II and III. */
const wordSettings = {
  /**
   * Words that the drawn share of steps holds for: `all`, or only the `changed` ones, while all others follow the source's
   * attention to the end (the published code's `do_replace`).
   */
  gatedWords: z.enum(["all", "changed"]).default("all"),
  /** Factor on the target's attention to the words that are new in its caption (reweighting); 1 if left out. */
  emphasis: z.number().min(0).max(10).optional(),
};

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
  /** Targets drawn from one source image, with attention thresholds of their own: rejected ones make preference pairs. */
  targetsPerSource: z.int().min(1).max(16).default(1),
  steps: z.int().min(1).max(200).optional(),
  strength: z.number().gt(0).max(1).optional(),
  guidance: z.number().min(1).max(50).optional(),
  /** `refine` aligns the captions word by word, `replace` wants equal word counts, `none` is the ablation. */
  control: z.enum(["refine", "replace", "none"]).default("refine"),
  ...wordSettings,
  /** In edits of one thing, keep the source where no word of the edit is attended to (Hertz et al. 2022, LocalBlend). */
  localBlend: z.boolean().default(true),
  /** Range of the share of steps under attention control, drawn per candidate. */
  controlThreshold: range.optional(),
  /** Start from noise and not from the anchor: the paper's ablation. */
  anchorFree: z.boolean().default(false),
  /** The source is a new render of the anchor, as in the paper, or the anchor itself, pixel for pixel. */
  source: z.enum(["render", "anchor"]).default("render"),
  /** Who draws the images. The pack scores them in any case. */
  generator: imageGeneratorSchema.default({ kind: "pack" }),
});

/** Stage III (paper §2.1, A.3): edits of one thing, repainted inside its mask. Draws with the pack of Stage II. */
const regionStage = z.strictObject({
  enabled: z.boolean().default(false),
  /** Share of the edits of one thing that go through this stage; the others go through Stage II. */
  share: unit.default(1),
  /**
   * What becomes of an edit without a region: Stage II draws it freely, or it is left out with the reason.
   * `whole-image` is the published rule: an edit of the whole picture gets a full mask, one whose object is not found is
   * left out.
   */
  withoutObject: z.enum(["free-form", "skip", "whole-image"]).default("free-form"),
  /** Who says what is edited: rules on instruction, tags and caption, or the language model of Stage I's endpoint. */
  chooser: z.enum(["match", "language-model"]).default("match"),
  /** Boxes of an object that count: the best, or all above the threshold (the published code). */
  boxes: z.enum(["best", "all"]).default("best"),
  /** Lowest score of a box; from the pack if left out. */
  boxThreshold: unit.optional(),
  /** A mask must cover more than the first and less than the second share of the picture. */
  area: range.default([0.01, 0.9]),
  /** Most pieces of a mask. */
  fragments: z.int().min(1).max(10_000).default(500),
  /** `paper`: s on box without fine mask; `difference`: the published code's masks, chosen by the number of pieces. */
  maskRule: z.enum(["paper", "difference"]).default("paper"),
  /** Share of the sources with a soft mask, the others have a hard one; the published code softens half. */
  softShare: unit.default(0.5),
  /** Range of s, drawn in tenths (paper A.3). */
  softness: range.default([0.2, 0.8]),
  /** After which steps the background is put back; `alternate` is published. */
  blend: z
    .enum(["alternate", "every", "without-last", "without-last-two", "first-and-penultimate", "none"])
    .default("alternate"),
  /** Pixels over which the last blend fades inside the mask's border. */
  feather: z.int().min(0).max(64).default(4),
  /** The source is a new render of the anchor within the mask, as published, or the anchor itself, pixel for pixel. */
  source: z.enum(["render", "anchor"]).default("render"),
  maxCandidates: z.int().min(1).max(1000).default(12),
  keep: z.int().min(1).max(100).default(2),
  /** Fewer candidates kept than this count as none; the published code asks for 3. */
  keepAtLeast: z.int().min(1).max(100).default(1),
  batch: z.int().min(1).max(64).default(4),
  targetsPerSource: z.int().min(1).max(16).default(1),
  steps: z.int().min(1).max(200).optional(),
  strength: z.number().gt(0).max(1).optional(),
  guidance: z.number().min(1).max(50).optional(),
  control: z.enum(["refine", "replace", "none"]).default("refine"),
  ...wordSettings,
  controlThreshold: range.optional(),
});

/** How many candidates of an edit are drawn (`sampling/draw-plan.ts`). */
const sampling = z.strictObject({
  /** `adaptive` stops when enough have passed or too little is to be expected; `fixed` always draws all. */
  mode: z.enum(["adaptive", "fixed"]).default("adaptive"),
  /**
   * Give up on an edit when what it still promises per UNet evaluation falls below this share of what the run has
   * yielded; 0 never gives up before the last candidate.
   */
  giveUpBelow: unit.default(0.5),
  /** Passing candidates wanted for each one kept: more choice, and better ones kept, for more draws. */
  passesPerKept: z.int().min(1).max(20).default(1),
  /**
   * With enough passed, draw on while one more draw is expected to raise the mean CLIP direction of the edit's kept pairs
   * by this much (at the cost of a draw with most steps); 1 ends with enough.
   */
  leastRaise: z.number().gt(0).max(1).default(0.002),
  /** Choose steps and attention thresholds by what they gave so far; otherwise they are drawn at random. */
  learnSettings: z.boolean().default(true),
  /** Take up the noise of an edit's best draws where that promises more than new noise; needs `learnSettings`. */
  varyNoise: z.boolean().default(true),
});

/** Samples wanted of each edit type (edits, where a run makes no images). Types without a number are not made. */
export const quotasSchema = z.partialRecord(z.enum(editTypeIds), z.int().min(1).max(10_000_000));
export type Quotas = z.infer<typeof quotasSchema>;

/** Bounds on what a run may spend; it stops with a message when one is reached. */
const limits = z.strictObject({
  maxMinutes: z.number().positive().optional(),
  maxCandidates: z.int().positive().optional(),
  /** Most that paid requests may cost, in the currency of their prices. */
  maxSpend: z.number().positive().max(1_000_000).optional(),
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
  region: regionStage.prefault({}),
  sampling: sampling.prefault({}),
  quotas: quotasSchema.optional(),
  /** Lets a vision-language model mark the candidates. */
  judge: judgeSchema.optional(),
  /** Replaces the pack's default thresholds, score by score. */
  thresholds: thresholdsSchema.default({}),
  limits: limits.default({}),
});

export type RunConfig = z.infer<typeof runConfigSchema>;
export type RunConfigInput = z.input<typeof runConfigSchema>;
