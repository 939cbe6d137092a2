import { describe, expect, it } from "vitest";
import type { RgbImage } from "@/lib/domain/image";
import type { FloatTensor, IntTensor } from "@/lib/packs/model";
import { openDetector } from "@/lib/perception/open-detector";
import { openEmbedders } from "@/lib/perception/open-embedders";
import { openSegmenter } from "@/lib/perception/open-segmenter";
import { scorePair } from "@/lib/perception/score-pair";
import { boxIou, suppressOverlaps } from "@/lib/perception/suppress-overlaps";
import { tagImage } from "@/lib/perception/tag-image";
import { fakePerceptionPack, type Inputs, tensor } from "./fake-perception-pack";

const image = (width: number, height: number, level = 128): RgbImage => ({
  width,
  height,
  data: new Uint8Array(3 * width * height).fill(level),
});

describe("tagging", () => {
  const pack = fakePerceptionPack({ tagger: () => ({ logits: tensor([0.1, 3, -2], 1, 3) }) });

  it("gives the likely tags, best first", async () => {
    const tags = await tagImage(pack, image(8, 8));
    expect(tags.map(({ tag }) => tag)).toEqual(["house", "car"]);
    expect(tags[0]!.probability).toBeCloseTo(1 / (1 + Math.exp(-3)), 6);
    expect(await tagImage(pack, image(8, 8), 0.01)).toHaveLength(3);
  });

  it("says when the tag list does not fit the model", async () => {
    const wrong = fakePerceptionPack({ tagger: () => ({ logits: tensor([0], 1, 1) }) });
    await expect(tagImage(wrong, image(8, 8))).rejects.toThrow(/list of 1 tag names/);
  });
});

describe("detection", () => {
  // A 16×8 image padded to 16×16: model y of the image ends at 0.5.
  const boxes = [
    [0.25, 0.25, 0.5, 0.5],
    [0.26, 0.25, 0.5, 0.5],
    [0.75, 0.4, 0.5, 0.4],
    [0.5, 0.9, 0.2, 0.1],
  ];
  const logits = [
    [2, -5],
    [1, -5],
    [-5, 0],
    [3, 3],
  ];
  let seen: Inputs = {};
  const pack = fakePerceptionPack({
    detector: (inputs) => {
      seen = inputs;
      return { logits: tensor(logits.flat(), 1, 4, 2), pred_boxes: tensor(boxes.flat(), 1, 4, 4) };
    },
  });

  it("returns pixel boxes, suppressed, cut to the image, best first", async () => {
    const found = await (await openDetector(pack)).detect(image(16, 8), ["car", "house"]);
    expect(found.map(({ query, box }) => ({ query, ...box }))).toEqual([
      { query: "car", x: 0, y: 0, width: 8, height: 8 },
      { query: "house", x: 8, y: expect.closeTo(3.2, 4), width: 8, height: expect.closeTo(4.8, 4) },
    ]);
    expect((seen.input_ids as IntTensor).dims).toEqual([2, 12]);
    expect(
      Array.from((seen.attention_mask as IntTensor).data.slice(0, 12), Number).lastIndexOf(1),
    ).toBeGreaterThan(1);
    expect((seen.pixel_values as FloatTensor).data[8 * 8 - 1]).toBe(0);
  });

  it("keeps overlapping boxes of different queries, and all with a loose limit", async () => {
    const detector = await openDetector(pack);
    expect(await detector.detect(image(16, 8), ["car", "house"], { nmsIou: 1 })).toHaveLength(3);
    expect(await detector.detect(image(16, 8), ["car", "house"], { threshold: 0.85 })).toHaveLength(1);
    await expect(detector.detect(image(16, 8), ["car", " "])).rejects.toThrow(/query is empty/);
    expect(await detector.detect(image(16, 8), [])).toEqual([]);
  });

  it("measures overlap", () => {
    const box = (x: number, y: number) => ({ x, y, width: 2, height: 2 });
    expect(boxIou(box(0, 0), box(1, 0))).toBeCloseTo(1 / 3);
    expect(boxIou(box(0, 0), box(2, 0))).toBe(0);
    const same = [0.5, 0.9].map((score) => ({ query: "a", score, box: box(0, 0) }));
    expect(suppressOverlaps(same, 0.5).map(({ score }) => score)).toEqual([0.9]);
  });
});

describe("segmentation", () => {
  let seen: Inputs = {};
  const left = Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? 5 : -5));
  const pack = fakePerceptionPack({
    "segmenter.encoder": () => ({ image_embeddings: tensor([1], 1, 1, 1, 1) }),
    "segmenter.decoder": (inputs) => {
      seen = inputs;
      return {
        iou_scores: tensor([0.4, 0.8], 1, 1, 2),
        pred_masks: tensor([...new Array(16).fill(-1), ...left], 1, 1, 2, 4, 4),
      };
    },
  });

  it("scales prompts into the model and masks back to the image", async () => {
    const segmenter = openSegmenter(pack);
    const encoding = await segmenter.encode(image(16, 8));
    const [best, second] = await segmenter.prompt(encoding, {
      points: [{ x: 4, y: 6, positive: false }],
      box: { x: 2, y: 2, width: 10, height: 4 },
    });
    expect(Array.from((seen.input_points as FloatTensor).data)).toEqual([2, 3, 1, 1, 6, 3]);
    expect(Array.from((seen.input_labels as IntTensor).data)).toEqual([0n, 2n, 3n]);
    expect([best!.quality, second!.quality]).toEqual([expect.closeTo(0.8), expect.closeTo(0.4)]);
    expect([best!.mask.width, best!.mask.height]).toEqual([16, 8]);
    expect(Array.from(best!.mask.data.slice(0, 16))).toEqual(
      Array.from({ length: 16 }, (_, x) => (x < 8 ? 255 : 0)),
    );
    expect(second!.mask.data.every((level) => level === 0)).toBe(true);
  });

  it("pads clicks without a box, feeds an earlier mask back, and refuses an empty prompt", async () => {
    const segmenter = openSegmenter(pack);
    const encoding = await segmenter.encode(image(8, 8));
    const [best] = await segmenter.prompt(encoding, { points: [{ x: 1, y: 1, positive: true }] });
    expect(Array.from((seen.input_labels as IntTensor).data)).toEqual([1n, -1n]);
    expect((seen.has_mask_input as FloatTensor).data[0]).toBe(0);
    await segmenter.prompt(encoding, { previous: best!.logits });
    expect((seen.has_mask_input as FloatTensor).data[0]).toBe(1);
    expect((seen.mask_input as FloatTensor).data).toEqual(best!.logits.data);
    await expect(segmenter.prompt(encoding, {})).rejects.toThrow(/needs a point, a box/);
  });
});

describe("scoring a pair", () => {
  // CLIP: a dark image points along x, a bright one along y; "a cat" along x, anything else along y.
  const graphs = {
    "clip.image": ({ pixel_values }: Inputs) => {
      const level = (pixel_values as FloatTensor).data[0]!;
      return { image_embeds: tensor(level < 0.5 ? [3, 0] : [0, 5], 1, 2) };
    },
    "clip.text": ({ input_ids }: Inputs) => ({
      text_embeds: tensor((input_ids as IntTensor).data[2] === catToken ? [2, 0] : [0, 2], 1, 2),
    }),
    dino: () => ({ embedding: tensor([1, 1], 1, 2) }),
  };
  let catToken = 0n;
  const request = {
    source: image(8, 8, 20),
    target: image(8, 8, 220),
    sourceCaption: "a cat",
    targetCaption: "a dog",
  };

  it("follows the published formulas", async () => {
    const probe = fakePerceptionPack({
      ...graphs,
      "clip.text": ({ input_ids }) => {
        catToken ||= (input_ids as IntTensor).data[2]!;
        return graphs["clip.text"]({ input_ids: input_ids! });
      },
    });
    await openEmbedders(probe).clipText("a cat");
    const { scores, missing } = await scorePair(openEmbedders(probe), request);
    expect(scores.clipSource).toBeCloseTo(1);
    expect(scores.clipTarget).toBeCloseTo(1);
    expect(scores.clipImage).toBeCloseTo(0);
    expect(scores.clipDirection).toBeCloseTo(1);
    expect(scores.dino).toBeCloseTo(1);
    expect(scores.nearCopy).toBeCloseTo(200 / 255);
    expect(scores.blank).toBe(1);
    expect(missing).toEqual({
      shift: "Too little lies outside the region to be compared.",
      unsafe: "The model pack fake has no safety.",
    });
    expect("leakage" in scores).toBe(false);
  });

  it("leaves out what cannot be computed, with the reason", async () => {
    const pack = fakePerceptionPack(graphs, ["selfSupervised"]);
    const same = { ...request, target: request.source, targetCaption: request.sourceCaption };
    const { scores, missing } = await scorePair(openEmbedders(pack), same);
    expect(missing).toEqual({
      clipDirection: "The captions are the same to CLIP.",
      dino: "The model pack fake has no selfSupervised.",
      shift: "Too little lies outside the region to be compared.",
      unsafe: "The model pack fake has no safety.",
    });
    expect("dino" in scores).toBe(false);
    expect(scores.ssim).toBeCloseTo(1);
  });

  it("adds the region scores with a mask", async () => {
    const pack = fakePerceptionPack(graphs);
    const mask = { width: 8, height: 8, data: new Uint8Array(64).map((_, i) => (i < 32 ? 255 : 0)) };
    const { scores } = await scorePair(openEmbedders(pack), { ...request, mask });
    expect(scores.outsideChange).toBeCloseTo(200 / 255);
    expect(scores.leakage).toBeCloseTo(0.5);
    const wrong = { ...request, mask: { ...mask, width: 4 } };
    await expect(scorePair(openEmbedders(pack), wrong)).rejects.toThrow(/size of the images/);
  });
});
