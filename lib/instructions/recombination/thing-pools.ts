import type { Random } from "../random";
import type { Template } from "./template";

export type ThingPools = {
  /** A thing that some seed put into the same place of the same words; null if none is accepted. */
  draw(template: Template, random: Random, accepts: (thing: string) => boolean): string | null;
};

/** Things are exchanged among seeds that add the same words around them to the same category of object or scene. */
function poolKey(template: Template): string | null {
  const { change, object } = template;
  if (change.kind === "after-object") return `after|${change.words}|${object?.category}|${object?.plural}`;
  if (change.kind === "end") return `end|${change.words}|${template.scene}`;
  return change.kind === "start" ? `start|${change.words}` : null;
}

/** Gathers the exchangeable things of all templates. */
export function createThingPools(templates: readonly Template[]): ThingPools {
  const pools = new Map<string, Set<string>>();
  for (const template of templates) {
    const key = poolKey(template);
    if (key === null || !("thing" in template.change) || template.change.thing === null) continue;
    pools.set(key, (pools.get(key) ?? new Set()).add(template.change.thing));
  }
  return {
    draw(template, random, accepts) {
      const key = poolKey(template);
      const pool = [...(key === null ? [] : (pools.get(key) ?? []))].filter(accepts);
      return pool.length === 0 ? null : random.pick(pool);
    },
  };
}
