import type { Random } from "../random";
import type { Template } from "./template";

/** Anything of fitting size can stand beside anything. */
export const besideWords: ReadonlySet<string> = new Set(["next to {thing}", "beside {thing}"]);

export type ThingPools = {
  /** A thing that some seed put into the same place of the same words; null if none is accepted. */
  draw(template: Template, random: Random, accepts: (thing: string) => boolean): string | null;
};

/** Things are exchanged among seeds that add the same words around them to the same category of object or scene. */
function poolKey(template: Template): string | null {
  const { change, object } = template;
  if (change.kind === "after-object" && besideWords.has(change.words)) return `beside|${template.scene}`;
  if (change.kind === "after-object")
    return `${template.editType}|after|${change.words}|${object?.category}|${object?.plural}`;
  if (change.kind === "end") return `${template.editType}|end|${change.words}|${template.scene}`;
  return change.kind === "start" ? `start|${change.words}|${template.editType === "others"}` : null;
}

/** Where on a body a thing is worn or held, as a wording may say. */
const bodyParts = /\b(?:head|face|neck|hand|arms|roof|side|back|handlebars|beak)\b/;
const partOf = (template: Template): string | null => bodyParts.exec(template.instruction)?.[0] ?? null;

/** What may go to a body part though its own seed did not say so. */
const partFits: Readonly<Record<string, RegExp>> = {
  head: /\b(?:hat|cap|crown|helmet|beret|beanie)\b/,
  face: /\b(?:sunglasses|glasses|mask|goggles)\b/,
  neck: /\b(?:scarf|bandana|bow tie|necklace|collar|garland)\b/,
};

/** Gathers the exchangeable things of all templates, with the body part their seed named. */
export function createThingPools(templates: readonly Template[]): ThingPools {
  const pools = new Map<string, Map<string, string | null>>();
  for (const template of templates) {
    const key = poolKey(template);
    if (key === null || !("thing" in template.change) || template.change.thing === null) continue;
    const pool = pools.get(key) ?? new Map<string, string | null>();
    pools.set(key, pool.set(template.change.thing, partOf(template)));
  }
  return {
    draw(template, random, accepts) {
      const key = poolKey(template);
      const part = partOf(template);
      const fits = (thing: string, own: string | null): boolean =>
        part === null || own === part || (partFits[part]?.test(thing) ?? false);
      const pool = [...(key === null ? [] : (pools.get(key) ?? []))]
        .filter(([thing, own]) => fits(thing, own) && accepts(thing))
        .map(([thing]) => thing);
      return pool.length === 0 ? null : random.pick(pool);
    },
  };
}
