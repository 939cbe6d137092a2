/** Names of the scores of a candidate; exports and thresholds use them as they are. */
export type ScoreId =
  | "clipSource"
  | "clipTarget"
  | "clipDirection"
  | "clipImage"
  | "dino"
  | "ssim"
  | "outsideChange"
  | "leakage"
  | "sharpness"
  | "nearCopy"
  | "blank"
  | "shift"
  | "unsafe"
  | "judgeFollows"
  | "judgeKeeps"
  | "judgeQuality";

export interface ScoreDefinition {
  readonly id: ScoreId;
  readonly label: string;
  readonly unit: "cosine" | "ratio" | "index" | "level" | "variance" | "pixels" | "probability" | "points";
  /** Smallest and largest possible value. */
  readonly range: readonly [min: number, max: number];
  readonly higherIsBetter: boolean;
  /** Only candidates with a region have it. */
  readonly needsMask: boolean;
  readonly description: string;
}

/** Scores of one candidate. A score that could not be computed is absent, never 0. */
export type Scores = { readonly [id in ScoreId]?: number };

/** The scores, in the order in which they are shown. */
export const scoreDefinitions: readonly ScoreDefinition[] = [
  {
    id: "clipSource",
    label: "Source fits its caption",
    unit: "cosine",
    range: [-1, 1],
    higherIsBetter: true,
    needsMask: false,
    description: "Cosine of the CLIP embeddings of the source image and the source caption.",
  },
  {
    id: "clipTarget",
    label: "Target fits its caption",
    unit: "cosine",
    range: [-1, 1],
    higherIsBetter: true,
    needsMask: false,
    description: "Cosine of the CLIP embeddings of the target image and the target caption.",
  },
  {
    id: "clipDirection",
    label: "Change follows the text",
    unit: "cosine",
    range: [-1, 1],
    higherIsBetter: true,
    needsMask: false,
    description:
      "Cosine of the change between the two images and the change between the two captions, both in CLIP space.",
  },
  {
    id: "clipImage",
    label: "Images alike (CLIP)",
    unit: "cosine",
    range: [-1, 1],
    higherIsBetter: true,
    needsMask: false,
    description: "Cosine of the CLIP embeddings of the source and the target image.",
  },
  {
    id: "dino",
    label: "Images alike (DINO)",
    unit: "cosine",
    range: [-1, 1],
    higherIsBetter: true,
    needsMask: false,
    description: "Cosine of the self-supervised (DINO) embeddings of the source and the target image.",
  },
  {
    id: "ssim",
    label: "Structure kept",
    unit: "index",
    range: [-1, 1],
    higherIsBetter: true,
    needsMask: false,
    description: "Structural similarity of source and target: 7×7 windows, mean of the three channels.",
  },
  {
    id: "outsideChange",
    label: "Change outside the region",
    unit: "level",
    range: [0, 1],
    higherIsBetter: false,
    needsMask: true,
    description: "Mean absolute difference of source and target where the mask is 0; pixel values in [0,1].",
  },
  {
    id: "leakage",
    label: "Share of the change outside the region",
    unit: "ratio",
    range: [0, 1],
    higherIsBetter: false,
    needsMask: true,
    description: "Absolute change where the mask is 0, as a share of all absolute change.",
  },
  {
    id: "sharpness",
    label: "Sharpness of the target",
    unit: "variance",
    range: [0, 16],
    higherIsBetter: true,
    needsMask: false,
    description: "Variance of the Laplacian of the target's luma in [0,1].",
  },
  {
    id: "nearCopy",
    label: "Amount of change",
    unit: "level",
    range: [0, 1],
    higherIsBetter: true,
    needsMask: false,
    description:
      "Mean absolute difference of source and target in [0,1], inside the region if there is one; near 0 is a copy.",
  },
  {
    id: "blank",
    label: "Largest flat share",
    unit: "ratio",
    range: [0, 1],
    higherIsBetter: false,
    needsMask: false,
    description:
      "Share of the target's pixels within 2 levels of its most common colour; near 1 is a blank image.",
  },
  {
    id: "shift",
    label: "Misalignment",
    unit: "pixels",
    range: [0, 12],
    higherIsBetter: false,
    needsMask: false,
    description:
      "Length of the shift, up to 8 pixels each way, at which target and source agree best outside the region; 0 is in register.",
  },
  {
    id: "unsafe",
    label: "Unsafe content",
    unit: "probability",
    range: [0, 1],
    higherIsBetter: false,
    needsMask: false,
    description:
      "Probability of unsafe content in the target, from the pack's classifier or a moderation endpoint; missing where there is neither.",
  },
  {
    id: "judgeFollows",
    label: "Judge: instruction followed",
    unit: "points",
    range: [0, 10],
    higherIsBetter: true,
    needsMask: false,
    description: "A vision-language model's mark for how fully the target carries out the instruction.",
  },
  {
    id: "judgeKeeps",
    label: "Judge: rest kept",
    unit: "points",
    range: [0, 10],
    higherIsBetter: true,
    needsMask: false,
    description: "A vision-language model's mark for how well everything else was left as it was.",
  },
  {
    id: "judgeQuality",
    label: "Judge: picture quality",
    unit: "points",
    range: [0, 10],
    higherIsBetter: true,
    needsMask: false,
    description: "A vision-language model's mark for the target as a picture: no artefacts, nothing broken.",
  },
];

const byId = new Map(scoreDefinitions.map((definition) => [definition.id as string, definition]));

/** The definition of a score, or undefined for an unknown name. */
export function scoreDefinition(id: string): ScoreDefinition | undefined {
  return byId.get(id);
}
