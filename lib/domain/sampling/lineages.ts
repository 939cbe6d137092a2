import { rootOf } from "../draw-noise";
import type { DrawOutcome } from "./lessons";

/** The passing draw with the highest direction of a lineage: of all that began with the noise of one root. */
export type LineageBest = DrawOutcome & { readonly direction: number };

/** The lineages of an edit's passing draws by their best ones, the highest direction first. */
export function lineagesOf(outcomes: readonly DrawOutcome[]): LineageBest[] {
  const best = new Map<number, LineageBest>();
  for (const outcome of outcomes) {
    const { passed, direction, noise } = outcome;
    if (!passed || direction === null) continue;
    const before = best.get(rootOf(noise));
    if (!before || direction > before.direction) best.set(rootOf(noise), { ...outcome, direction });
  }
  return [...best.values()].sort((a, b) => b.direction - a.direction);
}
