import { randomUUID } from "node:crypto";
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { diskError } from "@/lib/domain/disk-error";
import { UserError } from "@/lib/domain/errors";
import type { ObjectStore } from "../object-store";
import { decode } from "./normalise-image";

/** Widths that are kept; a request is answered with the next larger one, so the cache stays small. */
export const THUMBNAIL_WIDTHS = [128, 256, 512, 1024] as const;
export const THUMBNAIL_MIME = "image/webp";

export interface ThumbnailCache {
  /** Path of a WebP file at most `width` pixels wide; made on first use. */
  thumbnail(sha256: string, width: number): Promise<string>;
  /** Puts one that was made elsewhere. */
  keep(sha256: string, width: number, webp: Uint8Array): Promise<void>;
  /** Removes every width of one image. */
  forget(sha256: string): Promise<void>;
}

/** Thumbnails under `<dataDir>/cache/thumbnails`; the folder may be deleted at any time. */
export function thumbnailCache(dataDir: string, store: ObjectStore): ThumbnailCache {
  const root = join(dataDir, "cache", "thumbnails");
  const making = new Map<string, Promise<string>>();
  const pathOf = (sha256: string, width: number) => {
    if (!/^[0-9a-f]{64}$/.test(sha256))
      throw new UserError("bad-input", `"${sha256}" is not a SHA-256 in hex.`);
    return join(root, String(width), sha256.slice(0, 2), `${sha256}.webp`);
  };
  const keep = async (path: string, webp: Uint8Array) => {
    try {
      await writeWhole(path, webp);
    } catch (error) {
      throw diskError(error, root);
    }
  };
  const make = async (sha256: string, width: number, path: string) => {
    await keep(path, await renderThumbnail(await store.read(sha256), width));
    return path;
  };
  return {
    async thumbnail(sha256, width) {
      const kept = THUMBNAIL_WIDTHS.find((candidate) => candidate >= width) ?? THUMBNAIL_WIDTHS.at(-1)!;
      const path = pathOf(sha256, kept);
      if (await exists(path)) return path;
      const running = making.get(path) ?? make(sha256, kept, path).finally(() => making.delete(path));
      making.set(path, running);
      return running;
    },
    keep: (sha256, width, webp) => keep(pathOf(sha256, width), webp),
    async forget(sha256) {
      await Promise.all(THUMBNAIL_WIDTHS.map((width) => rm(pathOf(sha256, width), { force: true })));
    },
  };
}

/** WebP, at most `width` wide, never enlarged. Decodes the whole image, so damage shows here. */
export async function renderThumbnail(image: Uint8Array, width: number): Promise<Buffer> {
  return decode(image)
    .resize({ width, height: width * 4, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer();
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}`;
  try {
    await writeFile(temporary, bytes, { flag: "wx" });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
