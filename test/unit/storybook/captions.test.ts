import { describe, expect, it } from "vitest";
import { CAPTION_KINDS, captionOf, captionsOf, nameOf, withArticle } from "@/lib/storybook/captions";
import { sampleScene } from "@/lib/storybook/sample-scene";
import { tagsOf } from "@/lib/storybook/tags";

const scenes = Array.from({ length: 400 }, (_, seed) => sampleScene(seed));

describe("captionsOf", () => {
  it("names every object with its colour in every caption", () => {
    for (const scene of scenes) {
      for (const caption of captionsOf(scene)) {
        for (const object of scene.objects) expect(caption).toContain(withArticle(nameOf(object)));
      }
    }
  });

  it("gives at least four wordings of 8 to 30 words", () => {
    for (const scene of scenes) {
      const captions = captionsOf(scene);
      expect(new Set(captions).size).toBeGreaterThanOrEqual(4);
      for (const caption of captions) {
        const words = caption.split(" ").length;
        expect(words, caption).toBeGreaterThanOrEqual(8);
        expect(words, caption).toBeLessThanOrEqual(30);
      }
    }
  });

  it("keeps a vocabulary that a small text encoder can learn", () => {
    const words = new Set(
      scenes.flatMap(captionsOf).flatMap((caption) => caption.replaceAll(",", "").split(" ")),
    );
    expect(words.size).toBeLessThan(400);
  });

  it("uses the right article", () => {
    expect(withArticle("orange car")).toBe("an orange car");
    expect(withArticle("umbrella")).toBe("an umbrella");
    expect(withArticle("red umbrella")).toBe("a red umbrella");
  });

  it("says left and right the way the picture has it", () => {
    for (const scene of scenes) {
      const spoken = Array.from({ length: CAPTION_KINDS }, (_, kind) => captionOf(scene, kind)).find(
        (caption) => caption.includes("to the left of"),
      );
      if (!spoken) continue;
      const left = scene.objects.find((object) =>
        spoken.split(" to the left of ")[0]!.includes(nameOf(object)),
      )!;
      const right = scene.objects.find((object) => object !== left)!;
      const order = ["left", "centre", "right"];
      expect(order.indexOf(left.slot)).toBeLessThan(order.indexOf(right.slot));
    }
  });
});

describe("tagsOf", () => {
  it("lists the nouns and the setting once each", () => {
    for (const scene of scenes) {
      const tags = tagsOf(scene);
      expect(new Set(tags).size).toBe(tags.length);
      expect(tags).toEqual(
        expect.arrayContaining([...scene.objects.map((object) => object.noun), scene.place, scene.season]),
      );
    }
  });
});
