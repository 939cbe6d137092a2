import sharp from "sharp";
import { expect, it } from "vitest";
import { anchorAtSize } from "@/lib/stages/anchor-image";
import { anchorForEndpoint } from "@/lib/stages/endpoint-draw";

const data = Uint8Array.from({ length: 96 * 64 * 3 }, (_, i) => (i * 31 + (i >> 7)) % 256);
const encode = (pixels: Uint8Array) =>
  sharp(pixels, { raw: { width: 96, height: 64, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer();

it("a picture that has the size goes through unchanged, so that a chain's turns meet to the pixel", async () => {
  const file = await encode(data);
  const { image, crop } = await anchorAtSize(file, [64, 96]);
  expect(crop).toEqual([0, 0, 96, 64]);
  expect(Buffer.from(image.data).equals(Buffer.from(data))).toBe(true);
  // The same pixels are the same file, and so the same image of the store.
  expect((await encode(image.data)).equals(file)).toBe(true);
  const whole = await anchorForEndpoint(file, 1024);
  expect(Buffer.from(whole.image.data).equals(Buffer.from(data))).toBe(true);
});

it("an endpoint gets the whole picture, its longest side brought down", async () => {
  const { image, crop } = await anchorForEndpoint(await encode(data), 48);
  expect([image.width, image.height]).toEqual([48, 32]);
  expect(crop).toEqual([0, 0, 96, 64]);
});
