import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ALL_DRAWINGS } from "@/lib/storybook/nouns/catalogue";
import { boxesOf, renderLabels } from "@/lib/storybook/render-labels";
import { renderScene } from "@/lib/storybook/render-scene";
import { sampleScene } from "@/lib/storybook/sample-scene";
import { COLOURS, type Scene, STYLES } from "@/lib/storybook/scene";

const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const SIZE = 128;

/** Indices of pixels that two pictures do not share. */
function differing(a: Buffer, b: Buffer): number[] {
  const indices: number[] = [];
  for (let i = 0; i < a.length / 3; i++) {
    if ([0, 1, 2].some((channel) => a[3 * i + channel] !== b[3 * i + channel])) indices.push(i);
  }
  return indices;
}

describe("renderScene", () => {
  it("gives the same bytes for the same scene", async () => {
    for (const style of STYLES) {
      const scene = sampleScene(11, { styles: [style] });
      expect(digest(await renderScene(scene, SIZE))).toBe(digest(await renderScene(scene, SIZE)));
    }
  });

  it("draws every noun in every style and colour it takes", async () => {
    for (const [i, drawing] of ALL_DRAWINGS.entries()) {
      const base = sampleScene(i, { styles: [STYLES[i % STYLES.length]!] });
      const object = {
        ...base.objects[0]!,
        noun: drawing.noun,
        colour: drawing.coloured ? COLOURS[i % COLOURS.length]! : null,
      };
      const scene: Scene = { ...base, crowd: 1, objects: [object] };
      const labels = await renderLabels(scene, SIZE);
      const [found] = boxesOf(labels, SIZE, 1);
      expect(found!.area, drawing.noun).toBeGreaterThan(0.02 * SIZE * SIZE);
      expect(found!.box[3], drawing.noun).toBeGreaterThan(0.2 * SIZE);
    }
  });

  it("works at any size and refuses what is not one", async () => {
    const scene = sampleScene(3);
    for (const size of [16, 100, 513]) expect((await renderScene(scene, size)).length).toBe(size * size * 3);
    for (const size of [0, 15, -8, 4097, 2.5, Number.NaN]) {
      await expect(renderScene(scene, size)).rejects.toThrow(
        /picture size must be a whole number from 16 to 4096/,
      );
      await expect(renderLabels(scene, size)).rejects.toThrow(/picture size/);
    }
  });

  it("makes each style, season, time and weather look different", async () => {
    const base: Scene = {
      ...sampleScene(5),
      season: "summer",
      time: "day",
      weather: "clear",
      style: "flat",
      place: "meadow",
    };
    const variants: Scene[] = [
      base,
      ...(["autumn", "winter"] as const).map((season) => ({ ...base, season })),
      ...(["dawn", "sunset", "night"] as const).map((time) => ({ ...base, time })),
      ...(["rainy", "foggy"] as const).map((weather) => ({ ...base, weather })),
      ...STYLES.slice(1).map((style) => ({ ...base, style })),
    ];
    const pictures = await Promise.all(variants.map((scene) => renderScene(scene, 96)));
    for (let a = 0; a < pictures.length; a++) {
      for (let b = a + 1; b < pictures.length; b++) {
        const total = pictures[a]!.reduce((sum, value, i) => sum + Math.abs(value - pictures[b]![i]!), 0);
        expect(total / pictures[a]!.length, `${a} ${b}`).toBeGreaterThan(0.9);
      }
    }
  });
});

describe("renderLabels", () => {
  it("marks the pixels that change when an object is taken away", async () => {
    let inside = 0;
    let marked = 0;
    for (let seed = 0; seed < 24; seed++) {
      const scene = sampleScene(seed);
      const [picture, labels] = [await renderScene(scene, SIZE), await renderLabels(scene, SIZE)];
      for (const index of scene.objects.keys()) {
        const without = { ...scene, objects: scene.objects.filter((_, at) => at !== index) };
        const changed = new Set(differing(picture, await renderScene(without, SIZE)));
        for (const [i, label] of labels.entries()) {
          if (label !== index + 1) continue;
          marked++;
          if (changed.has(i)) inside++;
        }
        for (const i of changed) {
          // What changes outside the object's own pixels is the shadow it throws, never another object's body.
          const other = labels[i]! - 1;
          if (other >= 0 && other !== index) changed.delete(i);
        }
        expect(changed.size).toBeGreaterThan(0);
      }
    }
    expect(inside / marked).toBeGreaterThan(0.97);
  });

  it("uses one number per object and gives tight boxes", async () => {
    const scene = sampleScene(42);
    const labels = await renderLabels(scene, SIZE);
    expect(Math.max(...labels)).toBeLessThanOrEqual(scene.objects.length);
    for (const [index, { box, area }] of boxesOf(labels, SIZE, scene.objects.length).entries()) {
      const [x, y, w, h] = box;
      let count = 0;
      for (const [i, label] of labels.entries()) {
        if (label !== index + 1) continue;
        count++;
        expect(
          i % SIZE >= x && i % SIZE < x + w && Math.floor(i / SIZE) >= y && Math.floor(i / SIZE) < y + h,
        ).toBe(true);
      }
      expect(count).toBe(area);
    }
  });
});
