import type { Scores } from "@/lib/domain/scores";

/** One sample as it leaves: images as encoded files in memory, everything else as plain values. */
export type ExportRow = {
  id: string;
  /** Encoded image files (PNG, JPEG or WebP); re-encoded without metadata by the writers. */
  inputImage: Uint8Array;
  editedImage: Uint8Array;
  /** White = may change. `null` for a free-form edit. */
  maskImage: Uint8Array | null;
  editPrompt: string;
  sourceCaption: string;
  targetCaption: string;
  /** Id from lib/domain/edit-types. */
  editType: string;
  /** What the edit is about; null where nobody named it. */
  editObject: string | null;
  /** By score name (lib/domain/scores); a score that was not measured is absent. */
  scores: Scores;
  /** Null where an endpoint drew the picture, which takes no seed and tells no steps. */
  seed: number | null;
  steps: number | null;
  /** Image-to-image strength, 0..1. */
  strength: number | null;
  guidance: number | null;
  /** Share of the steps with cross-attention control, 0..1. */
  crossThreshold: number | null;
  /** Share of the steps with self-attention control, 0..1. */
  selfThreshold: number | null;
  maskKind: "none" | "fine" | "box" | "contour" | "soft" | "drawn";
  modelPack: string;
  modelPackSha256: string;
  /** What drew the pixels, in words for people: "Storybook UNet (embedded)". */
  generator: string;
  /** What wrote the instruction: an LLM's name, "seed recombination" or "human". */
  instructionSource: string;
  licence: string | null;
  attribution: string | null;
  sourceUrl: string | null;
  /** SHA-256 of the anchor's original file: splits go by it. null where the source started from noise. */
  anchorSha256: string | null;
  /** The person's word on the sample; "unreviewed" if nobody has looked. */
  decision: "approved" | "rejected" | "unreviewed";
  reviewer: string | null;
  /** Given where a release has frozen it; otherwise computed from the anchor's hash. */
  split?: SplitName;
  /** Names the chain of turns: the id of its first row. Null for a row that no other goes on from or leads to. */
  chainId: string | null;
  /** 1 for a chain's first turn; 0 outside of chains. */
  turnIndex: number;
  /** Id of the row whose edited image is this one's input image; null for a first turn. */
  previousId: string | null;
  /** Everything that regenerates the sample, as JSON. */
  recipe: unknown;
};

export type SplitName = "train" | "validation" | "test";

/** A better and a worse target for the same source and instruction, for preference training. */
export type PreferenceRow = {
  id: string;
  inputImage: Uint8Array;
  chosenImage: Uint8Array;
  rejectedImage: Uint8Array;
  editPrompt: string;
  editType: string;
  /** Why the one was preferred: "review" or "selection". */
  preferredBy: "review" | "selection";
  reason: string | null;
  chosenScores: Scores;
  rejectedScores: Scores;
  licence: string | null;
  attribution: string | null;
  sourceUrl: string | null;
  anchorSha256: string | null;
  split?: SplitName;
};
