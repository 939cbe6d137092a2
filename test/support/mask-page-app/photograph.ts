import sharp from "sharp";

/**
 * A square picture with the load of a photograph for a decoder: smooth shapes with grain. The same for the same number.
 * @param side pixels
 */
export async function drawPhotograph(side: number, format: "jpeg" | "png", number = 1): Promise<Buffer> {
  const small = 512;
  const data = new Uint8Array(small * small * 3);
  let grain = number;
  for (let y = 0; y < small; y++) {
    for (let x = 0; x < small; x++) {
      grain = (Math.imul(grain, 1664525) + 1013904223) >>> 0;
      const noise = (grain >>> 27) - 16;
      const hill = Math.sin(x / 37) * Math.cos(y / 53);
      const at = 3 * (y * small + x);
      data[at] = 128 + 80 * hill + noise;
      data[at + 1] = 110 + 60 * Math.sin((x + y) / 61) + noise;
      data[at + 2] = 140 + 70 * Math.cos(y / 29) + noise;
    }
  }
  const picture = sharp(data, { raw: { width: small, height: small, channels: 3 } }).resize(side, side, {
    kernel: "cubic",
  });
  return format === "jpeg"
    ? picture.jpeg({ quality: 88 }).toBuffer()
    : picture.png({ compressionLevel: 6 }).toBuffer();
}
