import type { GenerationOutcome, GenerationRequest } from "@/lib/diffusion/types";
import type { UserErrorCode } from "@/lib/domain/errors";
import type { RgbImage } from "@/lib/domain/image";
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
import type { EngineStatus, Priority } from "./types";

/** What the engine's thread can be asked: arguments and answer by method. */
export interface EngineCalls {
  generatePairs: { args: { requests: readonly GenerationRequest[] }; result: GenerationOutcome[] };
  score: { args: { requests: readonly ScoreRequest[] }; result: ScoreResult[] };
  embedText: { args: { texts: readonly string[] }; result: Float32Array[] };
  embedImage: {
    args: { images: readonly RgbImage[]; model: "clip" | "selfSupervised" };
    result: Float32Array[];
  };
  tag: { args: { image: RgbImage; threshold: number | undefined }; result: ImageTag[] };
  detect: {
    args: { image: RgbImage; queries: readonly string[]; options: DetectOptions };
    result: Detection[];
  };
  segmentEncode: {
    args: { key: string; image: RgbImage; full: { width: number; height: number } | undefined };
    result: undefined;
  };
  segmentPrompt: { args: { key: string; prompt: SegmentPrompt }; result: SegmentMask[] };
  segmentRuns: { args: { key: string; prompt: SegmentPrompt }; result: SegmentRuns[] };
  status: { args: Record<string, never>; result: EngineStatus };
}

export type EngineMethod = keyof EngineCalls;

/** Main thread → engine. */
export type EngineRequest = {
  [M in EngineMethod]: { id: number; method: M; args: EngineCalls[M]["args"]; priority: Priority };
}[EngineMethod];

/** An error that crossed threads; `code` is there for a UserError. */
export interface EngineFailure {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: UserErrorCode;
  readonly subject?: string | undefined;
}

/** Engine → main thread. The first message is `ready` or `failed`. */
export type EngineMessage =
  | { kind: "ready" }
  | { kind: "failed"; error: EngineFailure }
  | { kind: "result"; id: number; value: unknown }
  | { kind: "error"; id: number; error: EngineFailure };
