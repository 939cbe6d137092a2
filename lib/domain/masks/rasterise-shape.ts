import type { MaskImage, PixelBox } from "../image";

/** The pixels whose centres lie strictly inside the ellipse in `box`, 255 on 0; the box may leave the image. */
export function rasteriseEllipse(width: number, height: number, box: PixelBox): MaskImage {
  const data = new Uint8Array(width * height);
  const [rx, ry] = [box.width / 2, box.height / 2];
  const [cx, cy] = [box.x + rx, box.y + ry];
  if (rx <= 0 || ry <= 0) return { width, height, data };
  const inEllipse = (x: number, y: number) => ((x + 0.5 - cx) / rx) ** 2 + ((y + 0.5 - cy) / ry) ** 2 < 1;
  const [top, bottom] = [Math.max(0, Math.floor(box.y)), Math.min(height, Math.ceil(box.y + box.height))];
  for (let y = top; y < bottom; y++) {
    const half = rx * Math.sqrt(Math.max(0, 1 - ((y + 0.5 - cy) / ry) ** 2));
    // Rounding may put a pixel on the wrong side: the ends are checked with the same formula as every pixel.
    let from = Math.max(0, Math.floor(cx - half - 0.5) - 1);
    let to = Math.min(width, Math.ceil(cx + half - 0.5) + 2);
    while (from < to && !inEllipse(from, y)) from++;
    while (to > from && !inEllipse(to - 1, y)) to--;
    data.fill(255, y * width + from, y * width + to);
  }
  return { width, height, data };
}

/** The pixels whose centres lie in the box, 255 on 0; the box may leave the image. */
export function rasteriseRectangle(width: number, height: number, box: PixelBox): MaskImage {
  const data = new Uint8Array(width * height);
  const from = Math.max(0, Math.ceil(box.x - 0.5));
  const to = Math.min(width, Math.ceil(box.x + box.width - 0.5));
  const bottom = Math.min(height, Math.ceil(box.y + box.height - 0.5));
  if (from >= to) return { width, height, data };
  for (let y = Math.max(0, Math.ceil(box.y - 0.5)); y < bottom; y++) {
    data.fill(255, y * width + from, y * width + to);
  }
  return { width, height, data };
}
