import type { GenerationOutcome, GenerationRequest } from "@/lib/diffusion/types";
import type { RgbImage } from "@/lib/domain/image";
import type { ExecutionProvider, PackRole } from "@/lib/packs/open-pack";
import type {
  Detection,
  DetectOptions,
  ImageTag,
  ScoreRequest,
  ScoreResult,
  SegmentMask,
  SegmentPrompt,
  SegmentRuns,
} from "@/lib/perception/types";

/** Interactive calls (a person waits) overtake batch calls, also between the steps of a running batch. */
export type Priority = "interactive" | "batch";

export interface CallOptions {
  /** `batch` by default for generatePairs and score, `interactive` for the rest. */
  readonly priority?: Priority;
}

export interface EngineOptions {
  /** Folder that holds pack.json. */
  readonly packDirectory: string;
  /** `cpu` by default. */
  readonly provider?: ExecutionProvider;
  /** Roles to serve; all that the pack fills by default. */
  readonly roles?: readonly PackRole[];
  /** Threads inside one model run; the number of cores by default. */
  readonly threads?: number;
  /** Lowers the priority of the engine's threads for the processor (Linux), as `nice` does; 0 by default. */
  readonly nice?: number;
}

export interface EngineStatus {
  readonly pack: { readonly name: string; readonly version: string; readonly hash: string };
  readonly provider: ExecutionProvider;
  readonly roles: readonly PackRole[];
  /** Sessions loaded so far with the growth of resident memory, in bytes, that loading them caused. */
  readonly sessions: readonly {
    readonly file: string;
    readonly milliseconds: number;
    readonly residentBytes: number;
  }[];
  /** Resident memory of the whole process in bytes. */
  readonly residentBytes: number;
  readonly waiting: number;
}

/** Models behind a thread of their own. Every call rejects with the thread's error if it dies. */
export interface InferenceEngine {
  generatePairs(requests: readonly GenerationRequest[], options?: CallOptions): Promise<GenerationOutcome[]>;
  score(requests: readonly ScoreRequest[], options?: CallOptions): Promise<ScoreResult[]>;
  /** Unit-length CLIP embeddings. */
  embedText(texts: readonly string[], options?: CallOptions): Promise<Float32Array[]>;
  /** Unit-length CLIP or self-supervised embeddings. */
  embedImage(
    images: readonly RgbImage[],
    options?: CallOptions & { readonly model?: "clip" | "selfSupervised" },
  ): Promise<Float32Array[]>;
  /** Tags at or above the pack's threshold, or `threshold`. */
  tag(image: RgbImage, options?: CallOptions & { readonly threshold?: number }): Promise<ImageTag[]>;
  detect(
    image: RgbImage,
    queries: readonly string[],
    options?: CallOptions & DetectOptions,
  ): Promise<Detection[]>;
  /**
   * Encodes an image once; the last few under their `key` (say, the image's hash) are kept. `full` is the size of the
   * picture that `image` is a smaller copy of: prompts and masks are in its pixels then.
   */
  segmentEncode(
    key: string,
    image: RgbImage,
    options?: CallOptions & { readonly full?: { readonly width: number; readonly height: number } },
  ): Promise<void>;
  /** Masks for a prompt, best first. Rejects with code `not-found` when `key` must be encoded (again). */
  segmentPrompt(key: string, prompt: SegmentPrompt, options?: CallOptions): Promise<SegmentMask[]>;
  /** The same as runs inside a crop, which for large pictures is much quicker. */
  segmentRuns(key: string, prompt: SegmentPrompt, options?: CallOptions): Promise<SegmentRuns[]>;
  status(): Promise<EngineStatus>;
  /** Ends the thread; waiting calls reject. */
  close(): Promise<void>;
}
