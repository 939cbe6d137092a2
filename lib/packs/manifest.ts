import { z } from "zod";

/**
 * The manifest of a model pack: `models/<pack>/pack.json`. A pack is a folder of ONNX graphs that fill the
 * roles of the pipeline; everything the code must know of a model stands here, so that a new pack needs no
 * new code. All graph inputs and outputs are float32 or int64; weights may be stored as float16.
 */

const relativePath = z
  .string()
  .min(1)
  .refine((p) => !p.startsWith("/") && !p.split("/").includes(".."), "must be a path inside the pack folder");

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hex digits");

/** How RGB pixels in [0,1] become a model's `pixel_values` [B,3,H,W]. */
export const preprocessingSchema = z.object({
  /** Model input size in pixels: [height, width]. */
  size: z.tuple([z.number().int().positive(), z.number().int().positive()]),
  /** `stretch` ignores the aspect ratio, `shortest-crop` resizes the short side and crops the centre, `pad` fits the long side at the top left and pads with zeros. */
  fit: z.enum(["stretch", "shortest-crop", "pad"]),
  interpolation: z.enum(["nearest", "bilinear", "bicubic"]),
  /** Low-pass when shrinking, as PIL and torch `antialias=True` do; false is torch `F.interpolate`. No effect on nearest. */
  antialias: z.boolean().default(true),
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([z.number(), z.number(), z.number()]),
});

export const tokenizerSchema = z.object({
  kind: z.literal("clip-bpe"),
  vocab: relativePath,
  merges: relativePath,
  /** Fixed length of the token sequence, BOS and EOS included. */
  maxLength: z.number().int().positive(),
  bosToken: z.string(),
  eosToken: z.string(),
  padToken: z.string(),
});

/** Inputs: `input_ids` int64 [B,T]. Outputs: `hidden_states` [B,T,D] and, where `pooled`, `pooled` [B,P]. */
export const textEncoderSchema = z.object({
  file: relativePath,
  tokenizer: z.number().int().nonnegative(),
  hiddenSize: z.number().int().positive(),
  pooled: z.boolean(),
});

export const schedulerSchema = z.object({
  kind: z.enum(["euler-ancestral", "euler", "ddim", "lcm"]),
  numTrainTimesteps: z.number().int().positive(),
  betaSchedule: z.enum(["linear", "scaled_linear", "squaredcos_cap_v2"]),
  betaStart: z.number(),
  betaEnd: z.number(),
  predictionType: z.enum(["epsilon", "v_prediction", "sample"]),
  timestepSpacing: z.enum(["trailing", "leading", "linspace"]),
  rescaleBetasZeroSnr: z.boolean().default(false),
  stepsOffset: z.number().int().default(0),
  setAlphaToOne: z.boolean().default(true),
  clipSample: z.boolean().default(false),
});

/**
 * The conditional UNet, as two graphs over the same weights.
 * Both: `sample` [B,C,h,w], `timestep` [B], `encoder_hidden_states` [B,T,D] and, for `conditioning: "sdxl"`,
 * `text_embeds` [B,P] and `time_ids` [B,6] (original h, w, crop top, left, target h, w) → `out_sample` [B,C,h,w].
 * `controlled` adds `source_row` [B] int64 (the row of the same run whose attention reaches this one; a row that is no
 * target names itself), `cross_map` [B,T,T], `cross_alpha` [B,T], `cross_scale` [B,T], `self_gate` [B] (0 or 1), and the
 * output `cross_maps` [B,T,R,R]: cross-attention probabilities averaged over heads and over the layers whose token grid is
 * R×R (Hertz et al. 2022, LocalBlend).
 */
export const unetSchema = z.object({
  plain: relativePath,
  controlled: relativePath,
  conditioning: z.enum(["none", "sdxl"]),
  pooledSize: z.number().int().positive().optional(),
  crossAttentionSize: z.number().int().positive(),
  /** Self-attention is gated on layers with at most this many tokens. */
  selfGateMaxTokens: z.number().int().positive(),
  /** R of `cross_maps`; absent if the graph has no such output. */
  crossMapsResolution: z.number().int().positive().optional(),
  /** The controlled attention layers by name, outermost first: informative, shown by `pack verify`. */
  attentionLayers: z.array(
    z.object({ name: z.string(), kind: z.enum(["self", "cross"]), heads: z.number().int() }),
  ),
});

/** Encoder: `pixels` [B,3,H,W] in [-1,1] → `mean` [B,C,h,w]. Decoder: `latents` [B,C,h,w] → `pixels` in [-1,1]. UNet latents = (mean − shiftFactor) · scalingFactor. */
export const vaeSchema = z.object({
  encoder: relativePath,
  decoder: relativePath,
  /** Pixels per latent cell along one side. */
  factor: z.number().int().positive(),
  latentChannels: z.number().int().positive(),
  scalingFactor: z.number(),
  shiftFactor: z.number().default(0),
});

export const generatorSchema = z.object({
  tokenizers: z.array(tokenizerSchema).min(1),
  /** In the order in which their hidden states are concatenated; the last one gives the pooled embedding. */
  textEncoders: z.array(textEncoderSchema).min(1),
  unet: unetSchema,
  vae: vaeSchema,
  scheduler: schedulerSchema,
  /** What guidance moves away from when no negative caption is given: an encoded empty caption, or all zeros (SDXL). */
  unconditional: z.enum(["empty-caption", "zeros"]).default("empty-caption"),
  /** Native image sizes [height, width] in pixels; the first is the default. */
  sizes: z.array(z.tuple([z.number().int(), z.number().int()])).min(1),
  defaults: z.object({
    /** Scheduler steps; img2img runs the last `floor(steps · strength)` of them. */
    steps: z.array(z.number().int().positive()).min(1),
    strength: z.number().gt(0).lte(1),
    /** Classifier-free guidance scale; 1 means none. */
    guidance: z.number().gte(1),
    /** Range from which a candidate's prompt-to-prompt threshold is drawn (paper §2.1). */
    controlThreshold: z.tuple([z.number(), z.number()]),
    /** Fraction of an attention map's maximum above which a place belongs to the edited words (LocalBlend; Hertz et al. use 0.3). */
    blendThreshold: z.number().gt(0).lt(1).default(0.3),
  }),
  /** What repainting a region does differently; UltraEdit's code: strength 0.3, 10 or 14 steps. */
  regionDefaults: z
    .object({
      steps: z.array(z.number().int().positive()).min(1),
      strength: z.number().gt(0).lte(1),
      guidance: z.number().gte(1),
      controlThreshold: z.tuple([z.number(), z.number()]),
    })
    .partial()
    .optional(),
});

/** `image`: `pixel_values` → `image_embeds` [B,D]. `text`: `input_ids` [B,T] → `text_embeds` [B,D]. Not normalised. */
export const clipSchema = z.object({
  image: relativePath,
  text: relativePath,
  tokenizer: tokenizerSchema,
  preprocessing: preprocessingSchema,
  embeddingSize: z.number().int().positive(),
});

/** `pixel_values` → `embedding` [B,D]. */
export const selfSupervisedSchema = z.object({
  file: relativePath,
  preprocessing: preprocessingSchema,
  embeddingSize: z.number().int().positive(),
});

/** `pixel_values` → `logits` [B,K], one sigmoid a tag. */
export const taggerSchema = z.object({
  file: relativePath,
  preprocessing: preprocessingSchema,
  /** JSON array of K tag names. */
  tags: relativePath,
  threshold: z.number(),
});

/**
 * Open-vocabulary detector with OWLv2's signature: `pixel_values` [1,3,H,W], `input_ids` int64 [Q,T],
 * `attention_mask` int64 [Q,T] → `logits` [1,N,Q], `pred_boxes` [1,N,4] (cx, cy, w, h in [0,1] of the model input).
 */
export const detectorSchema = z.object({
  kind: z.enum(["owlv2", "grounding-dino"]),
  file: relativePath,
  tokenizer: tokenizerSchema,
  preprocessing: preprocessingSchema,
  boxThreshold: z.number(),
});

/**
 * Promptable segmenter with SAM's signature. Encoder: `pixel_values` [1,3,H,W] → `image_embeddings` [1,C,h,w].
 * Decoder: `image_embeddings`, `input_points` [1,1,N,2] (x, y in model-input pixels), `input_labels` int64 [1,1,N]
 * (1 foreground, 0 background, 2 and 3 a box's top-left and bottom-right corner, −1 padding), `mask_input`
 * [1,1,m,m], `has_mask_input` [1] → `iou_scores` [1,1,K], `pred_masks` [1,1,K,m,m] (logits).
 */
export const segmenterSchema = z.object({
  encoder: relativePath,
  decoder: relativePath,
  preprocessing: preprocessingSchema,
  maskSize: z.number().int().positive(),
});

/** Lower bounds that a candidate must meet; scores are named as in `lib/domain/scores.ts`. */
export const thresholdsSchema = z.record(
  z.string(),
  z.object({ min: z.number().optional(), max: z.number().optional() }),
);

/** Classifier of unsafe content: `pixel_values` → `logits` [B,K]. */
export const safetySchema = z.object({
  file: relativePath,
  preprocessing: preprocessingSchema,
  /** `softmax` where the K classes exclude each other, `sigmoid` where each stands alone. */
  activation: z.enum(["softmax", "sigmoid"]),
  /** Positions of the classes that are unsafe. */
  unsafe: z.array(z.number().int().nonnegative()).min(1),
});

export const packManifestSchema = z.object({
  /** 2 since the controlled UNet names each row's source; a graph that takes rows in pairs would not run. */
  formatVersion: z.literal(2, {
    error: "must be 2; export packs of another format again (models/README.md)",
  }),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  version: z.string(),
  title: z.string(),
  /** One honest sentence shown next to everything the pack made. */
  summary: z.string(),
  /** SPDX identifier of the weights' licence. */
  licence: z.string(),
  modelCard: relativePath,
  /** Every file of the pack but this one, external weight files included. */
  files: z.record(relativePath, z.object({ sha256, bytes: z.number().int().nonnegative() })),
  /** JSON `{nouns, colours, words}`: the words that the generator was trained on, where it knows but a few. */
  vocabulary: relativePath.optional(),
  generator: generatorSchema.optional(),
  clip: clipSchema.optional(),
  selfSupervised: selfSupervisedSchema.optional(),
  tagger: taggerSchema.optional(),
  detector: detectorSchema.optional(),
  segmenter: segmenterSchema.optional(),
  safety: safetySchema.optional(),
  /** Default selection thresholds, by stage. The published ones hold for CLIP ViT-L/14 and DINOv2 ViT-L only. */
  thresholds: z.object({ freeForm: thresholdsSchema, region: thresholdsSchema }),
});

export type Preprocessing = z.infer<typeof preprocessingSchema>;
export type TokenizerFiles = z.infer<typeof tokenizerSchema>;
export type SchedulerConfig = z.infer<typeof schedulerSchema>;
export type GeneratorManifest = z.infer<typeof generatorSchema>;
export type PackManifest = z.infer<typeof packManifestSchema>;
