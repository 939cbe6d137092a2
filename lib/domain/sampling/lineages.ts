import { rootOf } from "../draw-noise";
import type { DrawOutcome } from "./draw-outcome";
import type { SettingChoices } from "./draw-settings";

type Varied = Pick<SettingChoices, "varied">;

/** The passing draw with the highest direction of a lineage. */
export type LineageBest = DrawOutcome & { readonly direction: number };

/**
 * The lineages of an edit's passing draws by their best ones, the highest direction first. A lineage is all that began with the
 * noise of one root; where draws do not vary noise, but share a source, each is one of its own.
 */
export function lineagesOf({ varied }: Varied, outcomes: readonly DrawOutcome[]): LineageBest[] {
  const best = new Map<number, LineageBest>();
  for (const [index, outcome] of outcomes.entries()) {
    const { passed, direction, noise } = outcome;
    if (!passed || direction === null) continue;
    const lineage = varied ? rootOf(noise) : index;
    const before = best.get(lineage);
    if (!before || direction > before.direction) best.set(lineage, { ...outcome, direction });
  }
  return [...best.values()].sort((a, b) => b.direction - a.direction);
}

/** The first draws of the lineages: those with new noise. */
export function newDraws({ varied }: Varied, outcomes: readonly DrawOutcome[]): readonly DrawOutcome[] {
  if (!varied) return outcomes;
  const seen = new Set<number>();
  return outcomes.filter(({ noise }) => !seen.has(rootOf(noise)) && seen.add(rootOf(noise)));
}
