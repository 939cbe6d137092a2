import { deriveUnit } from "@/lib/domain/derive-seed";

interface ThresholdSettings {
  readonly runSeed: number;
  /** Names the edit within its run. */
  readonly key: string;
  readonly range: readonly [low: number, high: number];
  readonly targetsPerSource: number;
}

/** The attention threshold of the `index`-th draw of an edit, for cross- and self-attention alike (UltraEdit §2.1). */
export function attentionThreshold(
  { runSeed, key, range: [low, high] }: ThresholdSettings,
  index: number,
): number {
  return low + (high - low) * deriveUnit("threshold", runSeed, key, index);
}

/** The widest control windows among the draws that share their source with the `index`-th; undefined for a source of one. */
export function sharedControl(
  settings: ThresholdSettings,
  index: number,
): { cross: number; self: number } | undefined {
  const { targetsPerSource } = settings;
  if (targetsPerSource === 1) return undefined;
  const first = Math.floor(index / targetsPerSource) * targetsPerSource;
  const all = Array.from({ length: targetsPerSource }, (_, i) => attentionThreshold(settings, first + i));
  const widest = Math.max(...all);
  return { cross: widest, self: widest };
}
