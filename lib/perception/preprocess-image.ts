import type { RgbImage } from "@/lib/domain/image";
import type { Preprocessing } from "@/lib/packs/manifest";
import type { FloatTensor } from "@/lib/packs/model";
import { type Plane, resamplePlane } from "./resample";

/** Where an image lies in a model's input: model x = image x · scaleX + offsetX, in pixels from the left edge. */
export interface Placement {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
  /** Size of the model's input in pixels. */
  readonly width: number;
  readonly height: number;
}

/** `pixel_values` [1,3,H,W] of an image, and where the image lies in it. */
export function preprocessImage(
  image: RgbImage,
  preprocessing: Preprocessing,
): { readonly tensor: FloatTensor; readonly placement: Placement } {
  const [height, width] = preprocessing.size;
  const resized = resizedSize(image, preprocessing);
  // Padding goes right and below; a crop cuts evenly, the odd pixel right and below.
  const left = Math.max(0, Math.floor((resized.width - width) / 2));
  const top = Math.max(0, Math.floor((resized.height - height) / 2));
  const data = new Float32Array(3 * width * height);
  planesOf(image).forEach((plane, channel) => {
    const scaled = resamplePlane(plane, resized.width, resized.height, preprocessing);
    const mean = preprocessing.mean[channel]!;
    const std = preprocessing.std[channel]!;
    const base = channel * width * height;
    for (let y = 0; y < Math.min(height, resized.height); y++) {
      const from = (y + top) * resized.width + left;
      for (let x = 0; x < Math.min(width, resized.width); x++) {
        data[base + y * width + x] = (scaled.data[from + x]! - mean) / std;
      }
    }
  });
  return {
    tensor: { data, dims: [1, 3, height, width] },
    placement: {
      scaleX: resized.width / image.width,
      scaleY: resized.height / image.height,
      offsetX: 0 - left,
      offsetY: 0 - top,
      width,
      height,
    },
  };
}

function resizedSize(image: RgbImage, { size: [height, width], fit }: Preprocessing) {
  if (fit === "stretch") return { width, height };
  const ratios = [width / image.width, height / image.height] as const;
  if (fit === "pad") {
    const ratio = Math.min(...ratios);
    return { width: Math.round(image.width * ratio), height: Math.round(image.height * ratio) };
  }
  const ratio = Math.max(...ratios);
  return {
    width: Math.max(width, Math.floor(image.width * ratio)),
    height: Math.max(height, Math.floor(image.height * ratio)),
  };
}

/** The three colour planes, values in [0,1]. */
function planesOf({ width, height, data }: RgbImage): Plane[] {
  return [0, 1, 2].map((channel) => {
    const plane = new Float32Array(width * height);
    for (let i = 0; i < plane.length; i++) plane[i] = data[3 * i + channel]! / 255;
    return { width, height, data: plane };
  });
}
