import type { MaskImage } from "../image";

/**
 * How two masks become one soft mask with the value s in between:
 * `paper` (UltraEdit, appendix A.3): s on box without fine, else the fine mask;
 * `difference` (its code): s wherever the two masks differ, else the first.
 */
export type SoftMaskRule = "paper" | "difference";

/** The paper's range for s, and the values its code draws from. */
export const softnessRange = [0.2, 0.8] as const;
export const publishedSoftnesses = [0, 0.1, 0.3, 0.5, 0.7, 0.8] as const;

/**
 * @param fine the tight mask
 * @param wide the mask around it (box or contour)
 * @param softness s in [0,1]
 */
export function softMask(fine: MaskImage, wide: MaskImage, softness: number, rule: SoftMaskRule): MaskImage {
  const level = Math.round(255 * softness);
  const data = fine.data.map((value, i) => {
    const [inFine, inWide] = [value > 127, wide.data[i]! > 127];
    const between = rule === "paper" ? inWide && !inFine : inWide !== inFine;
    return between ? level : inFine ? 255 : 0;
  });
  return { width: fine.width, height: fine.height, data };
}

export type MaskName = "fine" | "contour" | "box";

/**
 * The two masks that the published code guides generation with, by the number of pieces of the fine mask:
 * the more it is broken up, the more it trusts wider masks.
 */
export function guidingMasks(fragments: number): {
  readonly primary: MaskName;
  readonly secondary: MaskName;
} {
  if (fragments === 0) return { primary: "fine", secondary: "fine" };
  if (fragments < 150) return { primary: "fine", secondary: "contour" };
  if (fragments < 500) return { primary: "contour", secondary: "box" };
  return { primary: "fine", secondary: "fine" };
}
