"use client";

import { useEffect, useRef } from "react";
import { imageUrl, type PictureImage } from "@/components/ui/picture";
import type { MaskImage } from "@/lib/domain/image";

/** What is drawn in which colour over the image, RGB. */
export interface ThumbnailLayer {
  mask: MaskImage;
  color: readonly [number, number, number];
}

interface MaskThumbnailProps {
  image: PictureImage;
  layers: readonly ThumbnailLayer[];
  label: string;
}

const side = 320;

/** A small picture of an image with masks over it; a pixel shows the first mask that has it. */
export function MaskThumbnail({ image, layers, label }: MaskThumbnailProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  const [width, height] = [
    Math.max(1, Math.round(image.width * scale)),
    Math.max(1, Math.round(image.height * scale)),
  ];
  // The canvas is the external system.
  useEffect(() => {
    const context = ref.current?.getContext("2d");
    if (!context) return;
    let stale = false;
    const picture = new Image();
    picture.onload = () => {
      if (stale) return;
      context.drawImage(picture, 0, 0, width, height);
      const pixels = context.getImageData(0, 0, width, height);
      paint(pixels, layers);
      context.putImageData(pixels, 0, 0);
    };
    picture.src = imageUrl(image.sha256, side * 2);
    return () => {
      stale = true;
    };
  }, [image.sha256, layers, width, height]);
  return (
    <canvas
      ref={ref}
      width={width}
      height={height}
      role="img"
      aria-label={label}
      className="aspect-auto h-44 w-full rounded-md bg-canvas object-contain"
    />
  );
}

const strength = 0.6;

function paint({ data, width, height }: ImageData, layers: readonly ThumbnailLayer[]): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const layer = layers.find(({ mask }) => {
        const row = Math.floor(((y + 0.5) * mask.height) / height) * mask.width;
        return mask.data[row + Math.floor(((x + 0.5) * mask.width) / width)]! > 127;
      });
      if (!layer) continue;
      const at = 4 * (y * width + x);
      for (let c = 0; c < 3; c++) {
        data[at + c] = data[at + c]! * (1 - strength) + layer.color[c]! * strength;
      }
    }
  }
}
