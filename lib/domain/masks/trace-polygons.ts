import type { MaskImage } from "../image";
import { labelComponents } from "./label-components";
import type { Point, Ring } from "./rasterise-polygon";

/** One piece of a mask: its outline (clockwise as seen) and its holes (counter-clockwise). */
export interface TracedPolygon {
  readonly outer: Ring;
  readonly holes: readonly Ring[];
}

/**
 * The outlines of a mask along the edges between pixels (levels above 127 are inside), exact: rasterised again they
 * give the same mask. Corners are whole numbers, one for each turn. Pieces are 4-connected, so no ring crosses itself.
 */
export function tracePolygons(mask: MaskImage): TracedPolygon[] {
  const { width, data } = mask;
  const pieces = labelComponents(mask, true, 4);
  const rings: Ring[][] = Array.from({ length: pieces.count }, () => []);
  // Every ring walks east along the upper edge of some pixel; that is where it is met first.
  const walked = new Uint8Array(data.length);
  pieces.forEachRun((from, to, piece) => {
    for (let i = from; i < to; i++) {
      if (walked[i] || (i >= width && data[i - width]! > 127)) continue;
      rings[piece]!.push(walkRing(mask, i, walked));
    }
  });
  // A piece's first pixel in scan order lies on its outline, so the outline comes before its holes.
  return rings.map(([outer, ...holes]) => ({ outer: outer!, holes }));
}

// Directions clockwise from east, y pointing down.
const stepX = [1, 0, -1, 0] as const;
const stepY = [0, 1, 0, -1] as const;
// From a corner heading each way: the pixel ahead on the right (inside if the edge goes on) and on the left.
const rightX = [0, -1, -1, 0] as const;
const rightY = [0, 0, -1, -1] as const;
const leftX = [0, 0, -1, -1] as const;
const leftY = [-1, 0, 0, -1] as const;

/** Walks a ring with the mask on the right, starting east along the upper edge of the pixel `start`. */
function walkRing({ width, height, data }: MaskImage, start: number, walked: Uint8Array): Point[] {
  const light = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x]! > 127;
  const startX = start % width;
  const startY = (start - startX) / width;
  const corners: Point[] = [];
  let [x, y, way] = [startX, startY, 0];
  do {
    if (way === 0) walked[y * width + x] = 1;
    x += stepX[way]!;
    y += stepY[way]!;
    // Turning right first keeps pixels that meet only at a corner apart.
    let turned = way;
    if (!light(x + rightX[way]!, y + rightY[way]!)) turned = (way + 1) & 3;
    else if (light(x + leftX[way]!, y + leftY[way]!)) turned = (way + 3) & 3;
    if (turned !== way) corners.push({ x, y });
    way = turned;
  } while (x !== startX || y !== startY || way !== 0);
  return corners;
}
