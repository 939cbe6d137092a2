import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserError } from "@/lib/domain/errors";
import { ingestImage } from "@/lib/server/images/ingest-image";
import { type ThumbnailCache, thumbnailCache } from "@/lib/server/images/thumbnail-cache";
import { localObjectStore, type ObjectStore } from "@/lib/server/object-store";
import {
  animated,
  bombPng,
  handMadePng,
  noisy,
  pngChunk,
  quadrants,
  quadrantsSharp,
  turnedJpeg,
} from "./bad-images";

let folder: string;
let store: ObjectStore;
let thumbnails: ThumbnailCache;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pentimento-ingest-"));
  store = localObjectStore(folder);
  thumbnails = thumbnailCache(folder, store);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ingest = (bytes: Uint8Array, name: string) =>
  ingestImage({ kind: "bytes", bytes, name }, { store, thumbnails });

async function refusal(bytes: Uint8Array, name: string): Promise<UserError> {
  const error = await ingest(bytes, name).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error, `${name} should be refused`).toBeInstanceOf(UserError);
  const refused = error as UserError;
  expect(refused.message).toContain(name);
  expect(refused.subject).toBe(name);
  return refused;
}

async function pixel(sha256: string, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(await store.read(sha256))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  return [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
}

const near = (found: number[], wanted: number[], tolerance = 4) =>
  found.forEach((value, at) => {
    expect(Math.abs(value - wanted[at]!), `${found} near ${wanted}`).toBeLessThanOrEqual(tolerance);
  });

describe("a good image", () => {
  it("keeps the coded pixels of a plain JPEG and hashes the original", async () => {
    const jpeg = await noisy().jpeg({ quality: 90 }).toBuffer();
    const image = await ingest(jpeg, "plain.jpg");
    expect(image).toMatchObject({ width: 200, height: 150, format: "jpeg", notes: [] });
    expect(image.originalSha256).toBe(createHash("sha256").update(jpeg).digest("hex"));
    const stored = await store.read(image.sha256);
    expect(createHash("sha256").update(stored).digest("hex")).toBe(image.sha256);
    expect(await sharp(stored).raw().toBuffer()).toEqual(await sharp(jpeg).raw().toBuffer());
  });

  it("keeps a plain PNG and a plain WebP byte for byte", async () => {
    for (const format of ["png", "webp"] as const) {
      const bytes = await noisy().toFormat(format).toBuffer();
      const image = await ingest(bytes, `plain.${format}`);
      expect(image.format).toBe(format);
      expect(image.sha256).toBe(image.originalSha256);
    }
  });

  it("takes EXIF, GPS, XMP and trailing bytes out of a JPEG without touching its pixels", async () => {
    const exif = { IFD0: { Artist: "secret person" }, IFD3: { GPSLatitudeRef: "N" } };
    const jpeg = await noisy().withExif(exif).jpeg({ progressive: true }).toBuffer();
    const image = await ingest(Buffer.concat([jpeg, Buffer.from("trailing secret")]), "private.jpg");
    const stored = await store.read(image.sha256);
    expect(stored.includes("secret")).toBe(false);
    const metadata = await sharp(stored).metadata();
    expect([metadata.exif, metadata.xmp, metadata.icc]).toEqual([undefined, undefined, undefined]);
    expect(await sharp(stored).raw().toBuffer()).toEqual(await sharp(jpeg).raw().toBuffer());
  });

  it("takes text and EXIF out of a PNG", async () => {
    const { data, width, height } = quadrants();
    const rows = Buffer.concat(
      Array.from({ length: height }, (_, y) =>
        Buffer.concat([Buffer.of(0), data.subarray(y * width * 3, (y + 1) * width * 3)]),
      ),
    );
    const png = handMadePng(width, height, rows, [
      pngChunk("tEXt", Buffer.from("Author\0secret person", "latin1")),
    ]);
    const image = await ingest(png, "text.png");
    expect((await store.read(image.sha256)).includes("secret")).toBe(false);
    expect(await pixel(image.sha256, 1, 1)).toEqual([255, 0, 0]);
  });

  it("makes a thumbnail on the way in and others on demand", async () => {
    const image = await ingest(await noisy(800, 600).jpeg().toBuffer(), "big.jpg");
    for (const [asked, made] of [
      [200, 256],
      [512, 512],
      [9999, 800],
    ] as const) {
      const metadata = await sharp(await thumbnails.thumbnail(image.sha256, asked)).metadata();
      expect(metadata).toMatchObject({ format: "webp", width: made });
    }
    const twice = await Promise.all([1, 2, 3].map(() => thumbnails.thumbnail(image.sha256, 128)));
    expect(new Set(twice).size).toBe(1);
    await expect(thumbnails.thumbnail("../../etc/passwd", 128)).rejects.toThrow(UserError);
  });
});

describe("an image that is converted", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("obeys EXIF orientation %i", async (orientation) => {
    const image = await ingest(await turnedJpeg(orientation), `turned-${orientation}.jpg`);
    const turned = orientation >= 5;
    expect([image.width, image.height]).toEqual(turned ? [48, 64] : [64, 48]);
    // Colours of the corners clockwise from the top left, by the definition of the orientations (EXIF 2.3, 4.6.4).
    const [r, g, b, w] = [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [255, 255, 255],
    ] as const;
    const clockwise = { 1: [r, g, w, b], 2: [g, r, b, w], 3: [w, b, r, g], 4: [b, w, g, r] } as const;
    const diagonal = { 5: [r, b, w, g], 6: [b, r, g, w], 7: [w, g, r, b], 8: [g, w, b, r] } as const;
    const wanted = { ...clockwise, ...diagonal }[orientation as 1]!;
    const [x, y] = [image.width - 3, image.height - 3];
    near(await pixel(image.sha256, 2, 2), [...wanted[0]]);
    near(await pixel(image.sha256, x, 2), [...wanted[1]]);
    near(await pixel(image.sha256, x, y), [...wanted[2]]);
    near(await pixel(image.sha256, 2, y), [...wanted[3]]);
    expect((await sharp(await store.read(image.sha256)).metadata()).orientation).toBeUndefined();
  });

  it("converts a CMYK JPEG to RGB and says so", async () => {
    const cmyk = await quadrantsSharp().toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe("cmyk");
    const image = await ingest(cmyk, "print.jpg");
    expect(image.notes.join()).toContain("CMYK");
    near(await pixel(image.sha256, 60, 44), [255, 255, 255], 6);
    const [red = 0, green = 255] = await pixel(image.sha256, 2, 2);
    expect(red).toBeGreaterThan(180);
    expect(green).toBeLessThan(80);
  });

  it("reduces a 16-bit PNG to 8 bits and says so", async () => {
    const png = await quadrantsSharp().toColourspace("rgb16").png().toBuffer();
    expect((await sharp(png).metadata()).depth).toBe("ushort");
    const image = await ingest(png, "deep.png");
    expect(image.notes.join()).toContain("8 bits");
    expect((await sharp(await store.read(image.sha256)).metadata()).depth).toBe("uchar");
    near(await pixel(image.sha256, 2, 2), [255, 0, 0]);
    near(await pixel(image.sha256, 2, 44), [0, 0, 255]);
  });

  it("gives greyscale, transparent and palette images three channels", async () => {
    const grey = await ingest(await quadrantsSharp().greyscale().png().toBuffer(), "grey.png");
    const [r, g, b] = await pixel(grey.sha256, 40, 2);
    expect(r).toBe(g);
    expect(g).toBe(b);
    const clear = await ingest(await quadrantsSharp().ensureAlpha(0).png().toBuffer(), "clear.png");
    expect(await pixel(clear.sha256, 2, 2)).toEqual([255, 255, 255]);
    const palette = await ingest(await quadrantsSharp().png({ palette: true }).toBuffer(), "palette.png");
    near(await pixel(palette.sha256, 2, 2), [255, 0, 0]);
  });

  it("converts a wide-gamut profile to sRGB", async () => {
    const p3 = await quadrantsSharp().withIccProfile("p3").png().toBuffer();
    const image = await ingest(p3, "p3.png");
    near(await pixel(image.sha256, 2, 2), [255, 0, 0], 6);
    expect((await sharp(await store.read(image.sha256)).metadata()).icc).toBeUndefined();
  });

  it("reads a still GIF, a TIFF and an AVIF", async () => {
    for (const format of ["gif", "tiff", "avif"] as const) {
      const image = await ingest(await quadrantsSharp().toFormat(format).toBuffer(), `still.${format}`);
      near(await pixel(image.sha256, 2, 2), [255, 0, 0], 12);
    }
  });

  it("accepts a wrong extension by content, with a note", async () => {
    const image = await ingest(await noisy().jpeg().toBuffer(), "photo.png");
    expect(image.format).toBe("jpeg");
    expect(image.notes).toEqual(["photo.png is really JPEG; it was read by its content."]);
  });
});

describe("an image that is refused", () => {
  it("corrupt", async () => {
    const png = await noisy().png().toBuffer();
    png.fill(0x55, png.length >> 1, (png.length >> 1) + 400);
    expect((await refusal(png, "corrupt.png")).message).toContain("damaged");
    const jpeg = await noisy().jpeg().toBuffer();
    jpeg.fill(0xff, 20, 200);
    await refusal(jpeg, "corrupt.jpg");
    await refusal(Buffer.from("not an image at all"), "notes.jpg");
  });

  it.each(["jpeg", "png", "webp", "gif", "tiff"] as const)("truncated %s", async (format) => {
    const whole = await noisy().toFormat(format).toBuffer();
    await refusal(whole.subarray(0, Math.floor(whole.length * 0.6)), `cut.${format}`);
  });

  it("empty", async () => {
    expect((await refusal(Buffer.alloc(0), "empty.jpg")).message).toContain("empty");
  });

  it("animated GIF, WebP and PNG", async () => {
    expect((await refusal(await animated("gif"), "moving.gif")).message).toContain("animated");
    expect((await refusal(await animated("webp"), "moving.webp")).message).toContain("animated");
    const rows = Buffer.alloc(32 * (1 + 32 * 3));
    const control = Buffer.alloc(8, 0).fill(2, 3, 4);
    const apng = handMadePng(32, 32, rows, [pngChunk("acTL", control)]);
    expect((await refusal(apng, "moving.png")).message).toContain("animated");
  });

  it("40,000 pixels wide", async () => {
    const wide = await sharp({ create: { width: 40_000, height: 20, channels: 3, background: "#123456" } })
      .png()
      .toBuffer();
    const error = await refusal(wide, "wide.png");
    expect(error.code).toBe("limit-exceeded");
    expect(error.message).toContain("40000 × 20");
  });

  it("a PNG bomb, in little time and memory", { timeout: 120_000 }, async () => {
    const bombs = [bombPng(30_000), bombPng(16_000), bombPng(64, 64 * 1024 * 1024)];
    const before = process.memoryUsage().rss;
    const began = process.cpuUsage();
    expect((await refusal(bombs[0]!, "bomb.png")).message).toContain("30000 × 30000");
    await refusal(bombs[1]!, "bomb2.png");
    await ingest(bombs[2]!, "bomb3.png").catch((error) => expect(error).toBeInstanceOf(UserError));
    // Processor time, so that a busy machine does not count.
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(2);
    expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1024 * 1024);
  });

  it("SVG, PDF, HTML, ZIP", async () => {
    const svg =
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>';
    expect((await refusal(Buffer.from(svg), "logo.png")).message).toContain("SVG");
    expect((await refusal(Buffer.from("%PDF-1.7 ..."), "scan.jpg")).message).toContain("PDF");
    expect((await refusal(Buffer.from("<!DOCTYPE html><html></html>"), "404.jpg")).message).toContain(
      "web page",
    );
    expect((await refusal(Buffer.from("PK\u0003\u0004rest"), "photos.zip")).message).toContain("ZIP");
  });

  it("a file over the size limit, before it is read whole", async () => {
    let sent = 0;
    async function* endless() {
      for (;;) {
        sent += 1 << 20;
        yield Buffer.alloc(1 << 20);
      }
    }
    const limits = { maxSide: 100, minSide: 1, maxPixels: 1e4, maxBytes: 5 << 20 };
    const reading = ingestImage({ kind: "stream", stream: endless(), name: "flood.jpg" }, { store, limits });
    await expect(reading).rejects.toThrow("larger than 5 MB");
    expect(sent).toBeLessThanOrEqual(7 << 20);
  });

  it("a missing file and a folder, by name", async () => {
    const missing = ingestImage({ kind: "path", path: join(folder, "nowhere.jpg") }, { store });
    await expect(missing).rejects.toThrow("nowhere.jpg is not there");
    await expect(ingestImage({ kind: "path", path: folder }, { store })).rejects.toThrow("is a folder");
  });
});
