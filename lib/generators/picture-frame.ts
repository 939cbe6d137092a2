import sharp from "sharp";
import type { MaskImage, RgbImage } from "@/lib/domain/image";

/** How a picture lies in the canvas that an endpoint is given: scaled to `inner`, its top left corner at `left`, `top`. */
export interface Frame {
  readonly canvas: { readonly width: number; readonly height: number };
  readonly inner: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

/**
 * The whole picture in the size whose shape is closest to its own, centred; all sizes left to the endpoint, the canvas
 * is the picture itself.
 */
export function frameFor(
  picture: { readonly width: number; readonly height: number },
  sizes: readonly { readonly width: number; readonly height: number }[],
): Frame {
  const shape = (size: { width: number; height: number }) => Math.log(size.width / size.height);
  const distance = (size: { width: number; height: number }) => Math.abs(shape(size) - shape(picture));
  const canvas = sizes.reduce<{ width: number; height: number } | undefined>(
    (best, size) => (best && distance(best) <= distance(size) ? best : size),
    undefined,
  ) ?? { width: picture.width, height: picture.height };
  const scale = Math.min(canvas.width / picture.width, canvas.height / picture.height);
  const width = Math.max(1, Math.min(canvas.width, Math.round(picture.width * scale)));
  const height = Math.max(1, Math.min(canvas.height, Math.round(picture.height * scale)));
  const left = Math.floor((canvas.width - width) / 2);
  const top = Math.floor((canvas.height - height) / 2);
  return { canvas, inner: { left, top, width, height } };
}

/** The picture in its frame as PNG; what the frame leaves free repeats the picture's edge. */
export async function framedPicture(picture: RgbImage, { canvas, inner }: Frame): Promise<Buffer> {
  return sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } })
    .resize(inner.width, inner.height, { fit: "fill", kernel: "lanczos3" })
    .extend({ ...margins({ canvas, inner }), extendWith: "copy" })
    .png()
    .toBuffer();
}

/**
 * A mask as the protocol wants it: a PNG of the canvas's size, transparent where the endpoint may draw (the other way
 * round than ours, where white may change). Soft places count as free; the last blend keeps them soft.
 */
export async function framedMask(mask: MaskImage, { canvas, inner }: Frame): Promise<Buffer> {
  const alpha = await sharp(
    Uint8Array.from(mask.data, (level) => (level > 0 ? 0 : 255)),
    {
      raw: { width: mask.width, height: mask.height, channels: 1 },
    },
  )
    .resize(inner.width, inner.height, { fit: "fill", kernel: "nearest" })
    .extend({ ...margins({ canvas, inner }), background: "#ffffff" })
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  const rgba = new Uint8Array(4 * alpha.length);
  alpha.forEach((level, i) => {
    rgba[4 * i + 3] = level;
  });
  return sharp(rgba, { raw: { width: canvas.width, height: canvas.height, channels: 4 } })
    .png()
    .toBuffer();
}

/** What the endpoint made of a framed picture, cut out of the frame and brought to the picture's size exactly. */
export async function unframed(
  answer: Uint8Array,
  { canvas, inner }: Frame,
  size: { readonly width: number; readonly height: number },
): Promise<{ image: RgbImage; returned: { width: number; height: number } }> {
  const upright = sharp(answer, { failOn: "error" }).rotate().removeAlpha().toColourspace("srgb");
  const { data: pixels, info } = await upright.raw().toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: 3 as const } };
  const [across, down] = [info.width / canvas.width, info.height / canvas.height];
  const left = Math.min(info.width - 1, Math.round(inner.left * across));
  const top = Math.min(info.height - 1, Math.round(inner.top * down));
  const data = await sharp(pixels, raw)
    .extract({
      left,
      top,
      width: Math.max(1, Math.min(info.width - left, Math.round(inner.width * across))),
      height: Math.max(1, Math.min(info.height - top, Math.round(inner.height * down))),
    })
    .resize(size.width, size.height, { fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return {
    image: { width: size.width, height: size.height, data },
    returned: { width: info.width, height: info.height },
  };
}

function margins({ canvas, inner }: Frame) {
  return {
    left: inner.left,
    top: inner.top,
    right: canvas.width - inner.width - inner.left,
    bottom: canvas.height - inner.height - inner.top,
  };
}
