import sharp from "sharp";
import { UserError } from "@/lib/domain/errors";
import { paintBackdrop, paintWeather } from "./backdrop";
import { VIEW } from "./layout";
import { paintObjects } from "./paint-objects";
import { lightOf } from "./palette";
import type { Scene } from "./scene";
import { brushOf } from "./styles/brushes";

const SMALLEST = 16;
const LARGEST = 4096;

export function checkedSize(size: number): number {
  if (!Number.isInteger(size) || size < SMALLEST || size > LARGEST) {
    throw new UserError(
      "bad-input",
      `The picture size must be a whole number from ${SMALLEST} to ${LARGEST} pixels, not ${size}.`,
      "size",
    );
  }
  return size;
}

/**
 * An SVG of the picture's 256 units as raw bytes, size × size × 3; with a grid, in that many squares to a side,
 * or fewer where they would be smaller than two pixels.
 */
export async function rasterise(content: string, size: number, grid?: number): Promise<Buffer> {
  const drawn = grid === undefined ? size : Math.min(grid, Math.floor(size / 2));
  const hard = grid !== undefined ? ' shape-rendering="crispEdges"' : "";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${drawn}" height="${drawn}" viewBox="0 0 ${VIEW} ${VIEW}"${hard}>${content}</svg>`;
  const pixels = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  if (drawn === size) return pixels;
  // A second pipeline: within one, sharp would redraw the SVG at the larger size.
  const raw = { width: drawn, height: drawn, channels: 3 as const };
  return sharp(pixels, { raw }).resize(size, size, { kernel: "nearest" }).raw().toBuffer();
}

/** The SVG content of a scene, in 256 × 256 units. */
export function sceneSvg(scene: Scene): string {
  const light = lightOf(scene);
  const brush = brushOf(scene.style);
  const layers = [
    paintBackdrop(scene, light, brush),
    paintObjects(scene, light, brush),
    paintWeather(scene),
    brush.finish,
  ];
  return `<defs>${brush.defs}</defs>${layers.join("")}`;
}

/** The scene's picture as raw sRGB bytes, size × size × 3. */
export async function renderScene(scene: Scene, size: number): Promise<Buffer> {
  return rasterise(sceneSvg(scene), checkedSize(size), brushOf(scene.style).grid);
}
