export type ExecutionProvider = "cpu" | "cuda" | "webgpu";

/** Parts of a manifest that hold models. */
export type PackRole = "generator" | "clip" | "selfSupervised" | "tagger" | "detector" | "segmenter";
