import type { DrawNoise } from "../draw-noise";
import type { DrawSetting } from "./draw-settings";

/** A draw that was made. */
export interface DrawOutcome {
  readonly noise: DrawNoise;
  readonly setting: DrawSetting;
  readonly passed: boolean;
  /** CLIP direction; null where it is missing. */
  readonly direction: number | null;
}
