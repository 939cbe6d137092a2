import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ImagesEndpoint, imageGeneratorSchema } from "@/lib/domain/endpoint-config";
import type { MaskImage, RgbImage } from "@/lib/domain/image";
import { editImage, fillPrompt } from "@/lib/generators/edit-image";
import { frameFor } from "@/lib/generators/picture-frame";
import { type ImagesServer, startImagesServer } from "@/test/support/images-server";

let server: ImagesServer;
beforeEach(async () => {
  server = await startImagesServer();
});
afterEach(() => server.close());

const settings = (more: object = {}) =>
  imageGeneratorSchema.parse({ kind: "images-endpoint", model: "painter-1", ...more }) as ImagesEndpoint;
const fast = { policy: { firstPauseMs: 5, longestPauseMs: 3000, timeoutMs: 5000 } };

const picture: RgbImage = {
  width: 48,
  height: 32,
  data: Uint8Array.from({ length: 3 * 48 * 32 }, (_, i) => 40 + (i % 3) * 20 + Math.floor(i / 144)),
};
/** The left half may change. */
const mask: MaskImage = {
  width: 48,
  height: 32,
  data: Uint8Array.from({ length: 48 * 32 }, (_, i) => (i % 48 < 24 ? 255 : 0)),
};
const level = (image: RgbImage, x: number, y: number) => image.data[3 * (y * image.width + x)]!;

async function edited(more: object = {}, withMask: MaskImage | null = null) {
  const outcome = await editImage(
    { baseUrl: server.url, apiKey: "sesame" },
    settings(more),
    { picture, mask: withMask, prompt: "make it blue" },
    fast,
  );
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.edited;
}

describe("an edit by the images endpoint", () => {
  it("sends model, prompt, key and picture, and brings the answer to the picture's size", async () => {
    const { image, facts } = await edited({ quality: "high" });
    expect(server.seen[0]).toMatchObject({
      fields: { model: "painter-1", prompt: "make it blue", n: "1", quality: "high" },
      imageSize: "48x32",
      freeShare: null,
      authorization: "Bearer sesame",
    });
    expect(server.seen[0]?.fields).not.toHaveProperty("size");
    expect([image.width, image.height]).toEqual([48, 32]);
    expect(level(image, 3, 3)).toBe(255 - level(picture, 3, 3));
    expect(facts).toMatchObject({ requestId: "req-1", attempts: 1, askedSize: null, returnedSize: "48x32" });
  });

  it("sends the mask transparent where ours is white", async () => {
    const { image, facts } = await edited({}, mask);
    expect(server.seen[0]?.freeShare).toBeCloseTo(0.5);
    expect(level(image, 5, 5)).toBe(255 - level(picture, 5, 5));
    expect(level(image, 40, 5)).toBe(level(picture, 40, 5) + 3);
    expect(facts.sentMask).toMatch(/^[0-9a-f]{64}$/);
  });

  it("asks for the size of the closest shape and cuts the frame away again", async () => {
    const { image, facts } = await edited({ sizes: ["64x64", "96x48", "48x96"] }, mask);
    expect(facts).toMatchObject({ askedSize: "96x48", returnedSize: "96x48" });
    expect(server.seen[0]?.freeShare).toBeCloseTo(36 / 96, 1);
    expect([image.width, image.height]).toEqual([48, 32]);
    // A resampling filter mixes only near the mask's border.
    expect(level(image, 6, 16)).toBeCloseTo(255 - level(picture, 6, 16), -1);
    expect(level(image, 40, 16)).toBeCloseTo(level(picture, 40, 16), -1);
  });

  it("scales an answer that came in another size", async () => {
    server.options.size = [100, 50];
    const { image, facts } = await edited();
    expect(facts.returnedSize).toBe("100x50");
    expect([image.width, image.height]).toEqual([48, 32]);
  });

  it("fetches an answer that came as an address", async () => {
    server.options.answerWith = "url";
    const { image } = await edited();
    expect(level(image, 3, 3)).toBe(255 - level(picture, 3, 3));
  });

  it("counts the cost from prices and the server's own count of tokens", async () => {
    const price = { perRequest: 0.02, perMillionInputTokens: 5, perMillionOutputTokens: 40 };
    expect((await edited({ price })).facts.costMicros).toBe(20_000 + 1500 + 40_000);
  });
});

describe("a busy or broken images endpoint", () => {
  it("is asked again after the pause it names", async () => {
    server.troubles = [{ status: 429, headers: { "retry-after": "1" } }, { status: 503 }];
    const before = Date.now();
    const { facts } = await edited();
    expect(facts.attempts).toBe(3);
    expect(Date.now() - before).toBeGreaterThanOrEqual(1000);
  });

  it("is given up after the retries, or at once if it asks for too long a pause", async () => {
    server.troubles = Array.from({ length: 3 }, () => ({
      status: 500,
      body: '{"error":{"message":"boom"}}',
    }));
    await expect(edited({ maxRetries: 2 })).rejects.toThrow(/failed 3 times \(500: boom\)/);
    server.troubles = [{ status: 429, headers: { "retry-after": "3600" } }];
    await expect(edited()).rejects.toThrow(/failed \(429/);
  });

  it("refuses one request without another try", async () => {
    server.troubles = [{ status: 400, body: '{"error":{"message":"blocked by the safety system"}}' }];
    await expect(edited()).rejects.toThrow(/refused the request \(400: blocked by the safety system\)/);
    expect(server.seen).toHaveLength(0);
  });

  it("stops the work where trying again is no use", async () => {
    server.troubles = [{ status: 401, body: '{"error":{"message":"bad key"}}' }];
    await expect(edited()).rejects.toMatchObject({ code: "unavailable", subject: "apiKey" });
    const nobody = { baseUrl: "http://127.0.0.1:9/v1" };
    const request = editImage(nobody, settings({ maxRetries: 1 }), { picture, mask, prompt: "x" }, fast);
    await expect(request).rejects.toMatchObject({ code: "unavailable", subject: "baseUrl" });
  });

  it("says what is wrong with an answer that is no picture", async () => {
    server.troubles = [{ status: 200, body: "<html>busy</html>" }];
    await expect(edited()).rejects.toThrow(/holds no picture/);
    server.troubles = [{ status: 200, body: '{"data":[{"b64_json":"bm90IGEgcGljdHVyZQ=="}]}' }];
    await expect(edited()).rejects.toThrow(/cannot be read/);
  });
});

it("fills the prompt from the edit, leaving other braces alone", () => {
  const texts = {
    instruction: "Add {target}.",
    sourceCaption: "a house",
    targetCaption: "a house and a dog",
  };
  expect(fillPrompt("{instruction} Result: {target} {x}", texts)).toBe(
    "Add {target}. Result: a house and a dog {x}",
  );
});

it("frames a picture whole, whatever its shape", () => {
  const frame = frameFor({ width: 1000, height: 10 }, [{ width: 64, height: 64 }]);
  expect(frame.inner).toEqual({ left: 0, top: 31, width: 64, height: 1 });
});
