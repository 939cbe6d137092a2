import { describe, expect, it } from "vitest";
import { UserError } from "@/lib/domain/errors";
import { isHeldOut, isHeldOutPair } from "@/lib/storybook/held-out";
import { ALL_DRAWINGS } from "@/lib/storybook/nouns/catalogue";
import { sampleScene } from "@/lib/storybook/sample-scene";
import { COLOURS, PLACES, SEASONS, STYLES, TIMES, WEATHERS } from "@/lib/storybook/scene";
import { TRAINED } from "@/lib/storybook/trained-part";

const seeds = Array.from({ length: 1500 }, (_, seed) => seed);

describe("the Storybook vocabulary", () => {
  it("is as large as promised, and its trained part as well", () => {
    expect(ALL_DRAWINGS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ALL_DRAWINGS.map((drawing) => drawing.noun)).size).toBe(ALL_DRAWINGS.length);
    expect(COLOURS.length).toBeGreaterThanOrEqual(10);
    expect(SEASONS).toHaveLength(4);
    expect(TIMES.length + WEATHERS.length).toBeGreaterThanOrEqual(5);
    expect(STYLES.length).toBeGreaterThanOrEqual(6);
    expect(TRAINED.nouns.length).toBeGreaterThanOrEqual(30);
    expect(TRAINED.colours.length).toBeGreaterThanOrEqual(8);
    expect(TRAINED.styles.length).toBeGreaterThanOrEqual(3);
  });
});

describe("sampleScene", () => {
  it("gives the same scene for the same seed, and different ones for different seeds", () => {
    expect(sampleScene(7, { split: "train" })).toEqual(sampleScene(7, { split: "train" }));
    expect(new Set(seeds.slice(0, 200).map((seed) => JSON.stringify(sampleScene(seed)))).size).toBe(200);
  });

  it("keeps the splits apart", () => {
    for (const seed of seeds) {
      expect(isHeldOut(sampleScene(seed, { split: "train" }))).toBe(false);
      expect(isHeldOut(sampleScene(seed, { split: "heldout" }))).toBe(true);
    }
  });

  it("holds out about one pair in twelve, and no noun or colour entirely", () => {
    const pairs = TRAINED.nouns.flatMap((noun) => TRAINED.colours.map((colour) => ({ noun, colour })));
    const heldOut = pairs.filter(({ noun, colour }) => isHeldOutPair(noun, colour));
    expect(heldOut.length / pairs.length).toBeGreaterThan(0.05);
    expect(heldOut.length / pairs.length).toBeLessThan(0.12);
    for (const noun of TRAINED.nouns)
      expect(heldOut.filter((pair) => pair.noun === noun).length).toBeLessThanOrEqual(2);
  });

  it("uses every trained noun, season, time, weather, place and style", () => {
    const scenes = seeds.map((seed) => sampleScene(seed, { split: "train" }));
    const seen = (values: string[]) => [...new Set(values)].sort();
    expect(seen(scenes.flatMap((scene) => scene.objects.map((object) => object.noun)))).toEqual(
      [...TRAINED.nouns].sort(),
    );
    expect(seen(scenes.map((scene) => scene.season))).toEqual([...SEASONS].sort());
    expect(seen(scenes.map((scene) => scene.time))).toEqual([...TIMES].sort());
    expect(seen(scenes.map((scene) => scene.weather))).toEqual([...WEATHERS].sort());
    expect(seen(scenes.map((scene) => scene.place))).toEqual([...PLACES].sort());
    expect(seen(scenes.map((scene) => scene.style))).toEqual([...TRAINED.styles].sort());
  });

  it("says so when no scene of a split can be made", () => {
    expect(() => sampleScene(1, { split: "train", nouns: ["dragon"] })).toThrow(UserError);
  });
});
