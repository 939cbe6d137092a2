import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runsToMask } from "@/lib/domain/masks/crop-runs";
import { maskIou } from "@/lib/domain/masks/mask-facts";
import { storePicture } from "@/lib/server/images/store-picture";
import { askWorker } from "@/lib/server/interactive/ask-worker";
import { clickImage, detectInImage, encodeImage } from "@/lib/server/interactive/click-image";
import { embedText } from "@/lib/server/interactive/embed-text";
import { interactiveStatus } from "@/lib/server/interactive/interactive-status";
import { renderLabels } from "@/lib/storybook/render-labels";
import { renderScene } from "@/lib/storybook/render-scene";
import { sampleScene } from "@/lib/storybook/sample-scene";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";
import { type RunningWorker, startWorker } from "@/workers/worker";

let test: TestStudio;
let worker: RunningWorker | undefined;

beforeAll(async () => {
  test = await createTestStudio({ work: true });
});
afterAll(async () => {
  await worker?.stop();
  await test.close();
});

const size = 256;

/** A scene, put into the store at `side` pixels, with the labels of its objects at 256. */
async function storedScene(seed: number, side = size) {
  const scene = sampleScene(seed);
  const sharp = (await import("sharp")).default;
  const { data, info } = await sharp(await renderScene(scene, size), {
    raw: { width: size, height: size, channels: 3 },
  })
    .resize(side, side, { kernel: "nearest" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const picture = await storePicture(test.studio.store, { width: info.width, height: info.height, data });
  await test.studio.db.image.createMany({ data: [picture], skipDuplicates: true });
  const labels = await renderLabels(scene, size);
  const areas = scene.objects.map((_, i) => labels.reduce((n, label) => n + (label === i + 1 ? 1 : 0), 0));
  const index = areas.indexOf(Math.max(...areas));
  const truth = { width: size, height: size, data: labels.map((label) => (label === index + 1 ? 255 : 0)) };
  return { sha: picture.sha256, truth, noun: scene.objects[index]!.noun, click: middleOf(truth.data) };
}

/** A pixel of the mask whose row and column have most of it around. */
function middleOf(mask: Uint8Array): { x: number; y: number } {
  let [sumX, sumY, count] = [0, 0, 0];
  mask.forEach((level, i) => {
    if (level) {
      sumX += i % size;
      sumY += Math.floor(i / size);
      count++;
    }
  });
  const [cx, cy] = [sumX / count, sumY / count];
  let best = { x: 0, y: 0, distance: Number.POSITIVE_INFINITY };
  mask.forEach((level, i) => {
    const [x, y] = [i % size, Math.floor(i / size)];
    const distance = (x - cx) ** 2 + (y - cy) ** 2;
    if (level && distance < best.distance) best = { x, y, distance };
  });
  return { x: best.x, y: best.y };
}

describe("before a worker runs", () => {
  it("says that nobody is there to answer", async () => {
    const { sha } = await storedScene(3);
    expect(await interactiveStatus(test.context)).toMatchObject({
      available: false,
      problem: expect.stringContaining("No worker is running on this machine"),
    });
    await expect(encodeImage(test.context, { imageSha: sha })).rejects.toMatchObject({ code: "unavailable" });
  });

  it("says when no pack can segment", async () => {
    const bare = { ...test.context, studio: { ...test.studio, packsDir: resolve("test") } };
    await expect(clickImage(bare, { imageSha: "0".repeat(64), points: [] })).rejects.toThrow(
      "No model pack has a segmenter",
    );
  });
});

describe("with a worker", () => {
  beforeAll(async () => {
    worker = await startWorker(test.studio);
    const available = async () => expect((await interactiveStatus(test.context)).available).toBe(true);
    await vi.waitFor(available, { timeout: 30_000 });
  });

  it("turns a click into the mask of what was clicked, at any size of the image, and refines it", async () => {
    const small = await storedScene(7);
    const large = await storedScene(7, 2048);
    const [one] = (
      await clickImage(test.context, { imageSha: small.sha, points: [{ ...small.click, positive: true }] })
    ).masks;
    const mask = runsToMask(one!, size, size);
    expect(maskIou(mask, small.truth)).toBeGreaterThan(0.6);
    const [big] = (
      await clickImage(test.context, {
        imageSha: large.sha,
        points: [{ x: small.click.x * 8 + 4, y: small.click.y * 8 + 4, positive: true }],
      })
    ).masks;
    const whole = runsToMask(big!, 2048, 2048);
    const thinned = mask.data.map(
      (_, i) => whole.data[(Math.floor(i / size) * 8 + 4) * 2048 + (i % size) * 8 + 4]!,
    );
    expect(maskIou({ ...mask, data: thinned }, small.truth)).toBeGreaterThan(0.6);
    const refined = await clickImage(test.context, {
      imageSha: small.sha,
      points: [
        { ...small.click, positive: true },
        { x: 1, y: 1, positive: false },
      ],
      previous: one!.previous,
    });
    expect(maskIou(runsToMask(refined.masks[0]!, size, size), small.truth)).toBeGreaterThan(0.5);
  });

  it("finds what a text names, in the image's own pixels, each with its mask", async () => {
    const large = await storedScene(7, 2048);
    const { found } = await detectInImage(test.context, {
      imageSha: large.sha,
      text: `${large.noun}, unicorn`,
      masks: true,
    });
    const [best] = found.filter(({ query }) => query === large.noun).sort((a, b) => b.score - a.score);
    expect(best).toBeDefined();
    const { box } = best!;
    expect(box.x + box.width).toBeGreaterThan(300);
    const [x, y] = [large.click.x * 8, large.click.y * 8];
    expect(x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height).toBe(true);
    expect(best!.mask!.counts.length).toBeGreaterThan(1);
  });

  it("embeds texts at unit length", async () => {
    const { vectors, pack } = await embedText(test.context, { texts: ["a red car", "a tree"] });
    expect(pack).toBe("storybook");
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
  });

  it("refuses what it cannot know or was not asked by the studio", async () => {
    const missing = "0".repeat(64);
    await expect(encodeImage(test.context, { imageSha: missing })).rejects.toMatchObject({
      code: "not-found",
    });
    const { sha } = await storedScene(3);
    await expect(clickImage(test.context, { imageSha: sha, points: [] })).rejects.toThrow(
      "needs a point, a box",
    );
    await expect(clickImage(test.context, { imageSha: sha, points: [], previous: "gone" })).rejects.toThrow(
      "too long ago",
    );
    await expect(encodeImage(test.context, { imageSha: sha, pack: "nowhere" })).rejects.toThrow(
      "“nowhere” has no segmenter",
    );
    const { doorUrl } = await test.studio.db.worker.findFirstOrThrow();
    const stranger = await fetch(`${doorUrl}/encode`, {
      method: "POST",
      body: "{}",
      headers: { authorization: "Bearer x" },
    });
    expect(stranger.status).toBe(400);
    expect(await stranger.text()).toContain("does not know this token");
  });

  it("passes over a worker that died without a word", async () => {
    const { db } = test.studio;
    const alive = await db.worker.findFirstOrThrow();
    const id = alive.id.replace(/[^-]+$/, "00000000");
    await db.worker.create({ data: { ...alive, id, doorUrl: "http://127.0.0.1:9", seenAt: new Date() } });
    const { sha } = await storedScene(3);
    for (const key of ["00000000", "00000001"]) {
      const { milliseconds } = await askWorker(
        test.studio,
        "encode",
        { pack: "storybook", imageSha: sha },
        key,
      );
      expect(milliseconds).toBeGreaterThan(0);
    }
  });
});
