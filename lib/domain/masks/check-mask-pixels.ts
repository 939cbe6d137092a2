import { UserError } from "../errors";
import type { MaskImage } from "../image";

export interface MaskFileRules {
  /** The file's name, for the error's text. */
  readonly name: string;
  /** Size of the image that the mask is for. */
  readonly width: number;
  readonly height: number;
  /** Whether levels between 0 and 255 are welcome. */
  readonly soft: boolean;
}

/**
 * A mask file's decoded pixels as a mask. One channel, or several that are equal (an opaque alpha is ignored); pure
 * 0 and 1, as some tools write, become 0 and 255.
 * @param pixels interleaved, `width · height · channels` bytes
 */
export function maskFromPixels(
  file: {
    readonly width: number;
    readonly height: number;
    readonly channels: number;
    readonly pixels: Uint8Array;
  },
  rules: MaskFileRules,
): MaskImage {
  const { name } = rules;
  if (file.width !== rules.width || file.height !== rules.height) {
    throw new UserError(
      "bad-input",
      `${name} is ${file.width}×${file.height} pixels, its image ${rules.width}×${rules.height}. ` +
        "Save the mask at the image's full size, without cropping or scaling.",
      name,
    );
  }
  const data = singleChannel(file, name);
  const levels = levelsOf(data);
  if (levels.every((level) => level <= 1)) for (let i = 0; i < data.length; i++) data[i] = 255 * data[i]!;
  else if (!rules.soft && !levels.every((level) => level === 0 || level === 255)) {
    const between = levels.filter((level) => level !== 0 && level !== 255);
    throw new UserError(
      "bad-input",
      `${name} is not black and white: it has ${between.length} grey ${between.length === 1 ? "level" : "levels"} ` +
        `(${between.slice(0, 3).join(", ")}${between.length > 3 ? ", …" : ""}). ` +
        "Save it without smoothing, or import it as a soft mask.",
      name,
    );
  }
  return { width: file.width, height: file.height, data };
}

function singleChannel(
  { channels, pixels }: { readonly channels: number; readonly pixels: Uint8Array },
  name: string,
): Uint8Array {
  if (channels === 1) return pixels.slice();
  const colours = channels === 2 ? 1 : Math.min(3, channels);
  const data = new Uint8Array(pixels.length / channels);
  for (let i = 0; i < data.length; i++) {
    const at = i * channels;
    const value = pixels[at]!;
    for (let c = 1; c < colours; c++) {
      if (pixels[at + c] !== value) {
        throw new UserError(
          "bad-input",
          `${name} has colours; a mask is black (keep) and white (may change). Export it as a greyscale image.`,
          name,
        );
      }
    }
    if ((channels === 2 || channels === 4) && pixels[at + channels - 1] !== 255) {
      throw new UserError(
        "bad-input",
        `${name} is partly transparent, so it is not clear what belongs to the mask. ` +
          "Export it without transparency: black to keep, white to change.",
        name,
      );
    }
    data[i] = value;
  }
  return data;
}

function levelsOf(data: Uint8Array): number[] {
  const seen = new Uint8Array(256);
  for (let i = 0; i < data.length; i++) seen[data[i]!] = 1;
  return [...seen.keys()].filter((level) => seen[level]);
}
