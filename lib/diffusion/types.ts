import type { DrawNoise } from "@/lib/domain/draw-noise";
import type { MaskImage, RgbImage } from "@/lib/domain/image";

/** Part of the sampling during which control acts: from 0 to `number`, or [from, to], as fractions in [0,1]. */
export type ControlWindow = number | readonly [from: number, to: number];

/**
 * Prompt-to-prompt control of one pair (Hertz et al. 2022).
 * `refine` aligns the captions token by token and keeps the source's attention where they agree, `replace` maps
 * changed words onto each other (both captions must have the same number of words), `none` leaves the target free.
 */
export interface ControlSettings {
  readonly mode: "refine" | "replace" | "none";
  /** Cross-attention window of all words. */
  readonly cross: ControlWindow;
  /** Windows of single target words that differ from `cross`, by word; every occurrence is meant. */
  readonly crossWords?: Readonly<Record<string, ControlWindow>>;
  /** Self-attention window. */
  readonly self: ControlWindow;
  /** Factors on the target's attention to a word (the equalizer), by word. */
  readonly reweights?: Readonly<Record<string, number>>;
  readonly localBlend?: LocalBlendSettings;
}

/** Keeps the source's latents where none of the words is attended to. */
export interface LocalBlendSettings {
  readonly sourceWords: readonly string[];
  readonly targetWords: readonly string[];
  /** Fraction of a map's maximum above which a place belongs to the words; 0.3 by default. */
  readonly threshold?: number;
}

/**
 * After which steps the background is put back while a region is repainted. `alternate` is the published code's
 * rule (every second step), the others are its alternatives; `every` holds the background at all steps.
 */
export type BlendSchedule =
  | "alternate"
  | "every"
  | "without-last"
  | "without-last-two"
  | "first-and-penultimate"
  | "none";

export interface RegionSettings {
  /** In the pixels of the render; 255 = repaint, between = softly, 0 = source and target are equal there. */
  readonly mask: MaskImage;
  /** `alternate` by default. */
  readonly blend?: BlendSchedule;
  /** Width in pixels over which the final blend fades inside the region's border; 0 is a hard edge, 4 by default. */
  readonly featherPixels?: number;
}

/** Everything that decides one candidate; the same request gives the same pair whatever shares its batch. */
export interface GenerationRequest {
  readonly sourceCaption: string;
  readonly targetCaption: string;
  /** [height, width] in pixels: a multiple of the VAE factor. */
  readonly size: readonly [height: number, width: number];
  /** Image at `size` to start from; absent for text-to-image (then `strength` is ignored). */
  readonly anchor?: RgbImage;
  /** Non-negative integer below 2^53. */
  readonly seed: number;
  /** The initial noise, where it is not that of `seed` alone. */
  readonly noiseSum?: DrawNoise;
  /** Scheduler steps; with an anchor the last `floor(steps · strength)` of them run. */
  readonly steps: number;
  /** (0,1]: how far the anchor is noised. */
  readonly strength: number;
  /** Classifier-free guidance scale; 1 or less means none. */
  readonly guidance: number;
  /** Caption that guidance moves away from; empty by default. */
  readonly negativeCaption?: string;
  readonly control: ControlSettings;
  /**
   * Present where other targets are drawn from the same source: the widest windows among them all. Such a source is drawn
   * once for all of them. The windows decide which graph its rows run on (the two agree to rounding only), so that it
   * is the same source, byte for byte, whichever of its targets is drawn first or alone.
   */
  readonly sourceControl?: Pick<ControlSettings, "cross" | "self">;
  /** Only with an anchor. */
  readonly region?: RegionSettings;
  /** The source is the anchor itself, pixel for pixel, and not a new render of it. Only with an anchor. */
  readonly keepAnchor?: boolean;
}

export type GraphName = "plain" | "controlled";

/** What happened at one step of one pair. */
export interface StepRecord {
  readonly timestep: number;
  /** Graph that the target's conditional row ran on; guidance rows always run on `plain`. */
  readonly graph: GraphName;
  /** Graph that the source's conditional row ran on. */
  readonly sourceGraph: GraphName;
  readonly selfGate: 0 | 1;
  /** Target tokens whose cross-attention came from the source. */
  readonly controlledTokens: number;
  /** The background was put back after this step. */
  readonly blended: boolean;
}

/** What a recipe must hold to make a candidate again, beyond its request. JSON-safe. */
export interface RecipeFacts {
  readonly pack: { readonly name: string; readonly version: string; readonly hash: string };
  readonly provider: string;
  readonly runtime: string;
  readonly noise: string;
  readonly scheduler: string;
  readonly steps: readonly StepRecord[];
  /**
   * Rows of UNet work that were done for the pair: two a step, four with guidance (three at the first step), less those
   * that it shares with other pairs of its source and that are counted with one of them.
   */
  readonly unetEvaluations: number;
  /** Captions longer than the text encoder takes were cut. */
  readonly truncated: { readonly source: boolean; readonly target: boolean };
}

/** Wall milliseconds of the batch the pair was part of, and its size in pairs. */
export interface GenerationTimings {
  /** Captions and anchors to embeddings and latents. */
  readonly prepare: number;
  readonly unet: number;
  readonly decode: number;
  readonly total: number;
  readonly pairs: number;
}

export interface GeneratedPair {
  readonly source: RgbImage;
  readonly target: RgbImage;
  readonly recipe: RecipeFacts;
  readonly timings: GenerationTimings;
}

/** One request's outcome: what is wrong with a request is said about it alone, its batch mates go on. */
export type GenerationOutcome =
  | { readonly ok: true; readonly pair: GeneratedPair }
  | { readonly ok: false; readonly reason: string };
