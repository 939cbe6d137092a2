import type { Readable } from "node:stream";

/** Where an image's bytes come from. `name` is what messages call it. */
export type ImageSource =
  | { kind: "path"; path: string; name?: string }
  | { kind: "bytes"; bytes: Uint8Array; name: string }
  | { kind: "stream"; stream: Readable | AsyncIterable<Uint8Array>; name: string };

export type ImageFormat = "jpeg" | "png" | "webp";

/** An image in the object store: upright, sRGB, 8 bits, three channels, no metadata. */
export type IngestedImage = {
  /** SHA-256 of the file as it came: the key for de-duplication. */
  originalSha256: string;
  /** SHA-256 of the normalised file, its name in the object store. */
  sha256: string;
  /** Pixels, after EXIF orientation. */
  width: number;
  height: number;
  /** Format of the normalised file. */
  format: ImageFormat;
  /** Size of the normalised file. */
  bytes: number;
  /** What was changed on the way in or looked odd, one sentence each; empty for most images. */
  notes: string[];
};
