import type { PixelBox } from "../image";
import type { RgbaImage } from "./flood-fill";

/**
 * How strongly the colours change at each pixel of a box inside the picture, in [0,255]: the largest Scharr gradient of
 * red, green and blue over the 3×3 neighbourhood; the picture goes on beyond its edge. Row-major, one byte a pixel.
 */
export function gradientMagnitude(image: RgbaImage, box: PixelBox): Uint8Array {
  const { width, height, data } = image;
  const out = new Uint8Array(box.width * box.height);
  for (let v = 0; v < box.height; v++) {
    const y = box.y + v;
    const above = Math.max(0, y - 1) * width;
    const here = y * width;
    const below = Math.min(height - 1, y + 1) * width;
    for (let u = 0; u < box.width; u++) {
      const x = box.x + u;
      const left = Math.max(0, x - 1);
      const right = Math.min(width - 1, x + 1);
      const [nw, n, ne] = [4 * (above + left), 4 * (above + x), 4 * (above + right)];
      const [w, e] = [4 * (here + left), 4 * (here + right)];
      const [sw, s, se] = [4 * (below + left), 4 * (below + x), 4 * (below + right)];
      let strongest = 0;
      for (let c = 0; c < 3; c++) {
        const gx =
          3 * (data[ne + c]! + data[se + c]! - data[nw + c]! - data[sw + c]!) +
          10 * (data[e + c]! - data[w + c]!);
        const gy =
          3 * (data[sw + c]! + data[se + c]! - data[nw + c]! - data[ne + c]!) +
          10 * (data[s + c]! - data[n + c]!);
        const squared = gx * gx + gy * gy;
        if (squared > strongest) strongest = squared;
      }
      // The kernels' weights add up to 16 on each side; a step of 255 along a diagonal gives √2 of that at most.
      out[v * box.width + u] = Math.min(255, Math.round(Math.sqrt(strongest) / 16));
    }
  }
  return out;
}
