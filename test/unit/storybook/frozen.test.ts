import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { captionsOf } from "@/lib/storybook/captions";
import { sceneSvg } from "@/lib/storybook/render-scene";
import { sampleScene } from "@/lib/storybook/sample-scene";

// The shipped weights know exactly these drawings and words. When this fails on purpose, the models need training
// again; when it fails by accident, put the trained part back as it was.
it("keeps the trained part as the shipped models saw it", () => {
  const hash = createHash("sha256");
  for (let seed = 0; seed < 300; seed++) {
    const scene = sampleScene(seed, { split: "train" });
    hash.update(sceneSvg(scene)).update(captionsOf(scene).join("\n"));
  }
  expect(hash.digest("hex")).toBe("d914aca0ba1c70efdd176439f034bfc110271e6b2b0595b07c6894b8f231451d");
});
