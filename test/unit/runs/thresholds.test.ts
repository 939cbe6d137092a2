import { expect, it } from "vitest";
import { stageOfEdit } from "@/lib/domain/edit-stage";
import { runConfigSchema } from "@/lib/domain/run-config";
import { keepBest } from "@/lib/domain/selection";
import { mergeThresholds, thresholdsFor } from "@/lib/domain/thresholds";

it("takes the narrowest bound of a score", () => {
  const all = {
    clipDirection: { min: 0.2 },
    ssim: { min: 0.4 },
    "region/clipDirection": { min: 0.3 },
    "add/clipDirection": { min: 0.1 },
    "region/add/clipDirection": { min: 0.15 },
    "turn/ssim": {},
  };
  expect(thresholdsFor(all, "freeForm", "replace")).toEqual({
    clipDirection: { min: 0.2 },
    ssim: { min: 0.4 },
  });
  expect(thresholdsFor(all, "region", "replace").clipDirection).toEqual({ min: 0.3 });
  expect(thresholdsFor(all, "freeForm", "add").clipDirection).toEqual({ min: 0.1 });
  expect(thresholdsFor(all, "region", "add").clipDirection).toEqual({ min: 0.15 });
  expect(thresholdsFor(all, "freeForm", "turn").ssim).toEqual({});
});

it("keeps a pack's own bounds of a stage unless the run names the score", () => {
  const pack = {
    freeForm: { clipDirection: { min: 0.2 }, clipImage: { min: 0.75 }, dino: { min: 0.4 } },
    region: { clipDirection: { min: 0.2 }, clipImage: { min: 0.7 } },
  };
  const merged = mergeThresholds(pack, {});
  expect(thresholdsFor(merged, "region", "add")).toMatchObject({ clipImage: { min: 0.7 }, dino: {} });
  expect(thresholdsFor(merged, "freeForm", "add")).toEqual(pack.freeForm);
  const own = mergeThresholds(pack, { clipImage: { min: 0.5 } });
  expect(thresholdsFor(own, "region", "add").clipImage).toEqual({ min: 0.5 });
});

it("sends edits of one thing through Stage III in the configured share, each by its own lot", () => {
  const config = runConfigSchema.parse({ name: "x", region: { enabled: true, share: 0.3 } });
  const keys = Array.from({ length: 2000 }, (_, i) => `anchor/${i}`);
  const inRegion = keys.filter((key) => stageOfEdit(config, { editType: "replace", key }) === "region");
  expect(inRegion.length / keys.length).toBeCloseTo(0.3, 1);
  expect(keys.every((key) => stageOfEdit(config, { editType: "change-global", key }) === "freeForm")).toBe(
    true,
  );
  const only = runConfigSchema.parse({ name: "x", freeForm: { enabled: false }, region: { enabled: true } });
  expect(stageOfEdit(only, { editType: "change-global", key: "a" })).toBe("region");
  const none = runConfigSchema.parse({ name: "x", freeForm: { enabled: false } });
  expect(stageOfEdit(none, { editType: "add", key: "a" })).toBe(null);
});

it("keeps the best by direction, and nothing where too few pass", () => {
  const passing = [{ clipDirection: 0.2 }, { clipDirection: 0.5 }, {}].map((scores) => ({ scores }));
  expect(keepBest(passing, 2)).toEqual([null, null, "not-among-best"]);
  expect(keepBest(passing, 3, 4)).toEqual(Array(3).fill("too-few-passed"));
});

it("keeps one of a draw and its variations", () => {
  const passing = [
    { scores: { clipDirection: 0.5 }, lineage: 7 },
    { scores: { clipDirection: 0.6 }, lineage: 7 },
    { scores: { clipDirection: 0.2 }, lineage: 8 },
  ];
  expect(keepBest(passing, 2)).toEqual(["not-among-best", null, null]);
  expect(keepBest(passing, 1)).toEqual(["not-among-best", null, "not-among-best"]);
});
