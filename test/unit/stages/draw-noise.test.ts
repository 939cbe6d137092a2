import { describe, expect, it } from "vitest";
import { turnNoise } from "@/lib/domain/draw-noise";
import { noiseOfDraw, settingOfRecipe } from "@/lib/stages/setting-choices";

const setting = { steps: 4, band: 1 };
const own = noiseOfDraw(undefined, [1, "a/0", 3]);
const earlier = noiseOfDraw(undefined, [1, "a/0", 0]);

describe("the noise of a draw", () => {
  it("is its own, from the run's seed and the draw's names", () => {
    expect(own).toEqual(noiseOfDraw({ ...setting, noise: null, turn: 0 }, [1, "a/0", 3]));
    expect(own).not.toEqual(earlier);
  });

  it("is the one that it takes up, as it is or turned towards its own", () => {
    const chosen = { ...setting, noise: earlier, turn: 0.2 };
    expect(noiseOfDraw({ ...chosen, turn: 0 }, [1, "a/0", 3])).toEqual(earlier);
    expect(noiseOfDraw(chosen, [1, "a/0", 3])).toEqual(turnNoise(earlier, own, 0.2));
    expect(noiseOfDraw(chosen, [1, "a/0", 4])).not.toEqual(noiseOfDraw(chosen, [1, "a/0", 3]));
  });
});

it("the setting of a recipe is one of those that draws can have", () => {
  const recipe = { steps: 4, control: { self: 0.8 } };
  expect(settingOfRecipe({ range: [0.1, 0.9], banded: true }, recipe)).toEqual({ steps: 4, band: 2 });
  expect(settingOfRecipe({ range: [0.1, 0.9], banded: false }, recipe)).toEqual({ steps: 4, band: null });
  expect(settingOfRecipe({ range: [0.8, 0.8], banded: true }, recipe)).toEqual({ steps: 4, band: null });
});
