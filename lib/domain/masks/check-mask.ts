import type { MaskImage } from "../image";
import { maskFragments } from "./fragments";
import { maskArea } from "./mask-shapes";

export interface MaskLimits {
  /** Smallest and largest share of the image, both excluded. */
  readonly area: readonly [smallest: number, largest: number];
  /** Most pieces. */
  readonly fragments: number;
}

/** The published limits (UltraEdit §2.1): area between 1 % and 90 %, at most 500 pieces. */
export const publishedMaskLimits: MaskLimits = { area: [0.01, 0.9], fragments: 500 };

export interface MaskCheck {
  /** Share of the image, in [0,1]. */
  readonly area: number;
  readonly fragments: number;
  /** Why the mask cannot be used; absent if it can. */
  readonly problem?: {
    readonly code: "empty" | "full" | "too-small" | "too-large" | "fragmented";
    readonly reason: string;
  };
}

/** Measures a mask and says whether it can guide an edit. */
export function checkMask(mask: MaskImage, limits: MaskLimits = publishedMaskLimits): MaskCheck {
  const area = maskArea(mask);
  const fragments = maskFragments(mask).length;
  const [smallest, largest] = limits.area;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const fail = (code: NonNullable<MaskCheck["problem"]>["code"], reason: string) => ({
    area,
    fragments,
    problem: { code, reason },
  });
  if (area === 0) return fail("empty", "The mask is empty.");
  if (area === 1) return fail("full", "The mask covers the whole image.");
  if (area <= smallest)
    return fail(
      "too-small",
      `The mask covers ${percent(area)} of the image; it needs more than ${percent(smallest)}.`,
    );
  if (area >= largest)
    return fail(
      "too-large",
      `The mask covers ${percent(area)} of the image; it may cover less than ${percent(largest)}.`,
    );
  if (fragments > limits.fragments) {
    return fail("fragmented", `The mask is in ${fragments} pieces; at most ${limits.fragments} are allowed.`);
  }
  return { area, fragments };
}
