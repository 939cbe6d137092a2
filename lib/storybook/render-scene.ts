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

export const svgPicture = (size: number, content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${VIEW} ${VIEW}">${content}</svg>`;

export function sceneSvg(scene: Scene, size: number): string {
  const light = lightOf(scene);
  const brush = brushOf(scene.style);
  const content =
    paintBackdrop(scene, light, brush) +
    paintObjects(scene, light, brush) +
    paintWeather(scene) +
    brush.finish;
  return svgPicture(size, `<defs>${brush.defs}</defs>${content}`);
}

/** The scene's picture as raw sRGB bytes, size × size × 3. */
export async function renderScene(scene: Scene, size: number): Promise<Buffer> {
  const svg = sceneSvg(scene, checkedSize(size));
  return sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
}
