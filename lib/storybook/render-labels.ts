import { drawingOrder, transformOf } from "./layout";
import { drawingOf } from "./nouns/catalogue";
import { checkedSize, rasterise } from "./render-scene";
import type { Scene } from "./scene";
import { brushOf } from "./styles/brushes";

/** Red levels per object, far enough apart that rounding cannot confuse two. */
const STEP = 24;

/** Visible pixels of every object, size × size bytes: 0 = background, i + 1 = objects[i]. */
export async function renderLabels(scene: Scene, size: number): Promise<Uint8Array> {
  const { edge, grid } = brushOf(scene.style);
  const shapes = drawingOrder(scene).map((index) => {
    const object = scene.objects[index]!;
    const paint = `#${((index + 1) * STEP).toString(16).padStart(2, "0")}0000`;
    const outline = drawingOf(object.noun)
      .parts.map((piece) => `<path d="${piece.d}"/>`)
      .join("");
    return `<g transform="${transformOf(scene, object)}" fill="${paint}" stroke="${paint}" stroke-width="${edge}" stroke-linejoin="round">${outline}</g>`;
  });
  const content = `<rect width="256" height="256" fill="#000"/><g shape-rendering="crispEdges">${shapes.join("")}</g>`;
  const painted = await rasterise(content, checkedSize(size), grid);
  return Uint8Array.from({ length: size * size }, (_, i) => Math.round(painted[3 * i]! / STEP));
}

export interface ObjectBox {
  /** x, y, width, height in pixels of the visible part; all zero when nothing is visible. */
  readonly box: readonly [number, number, number, number];
  /** Visible pixels. */
  readonly area: number;
}

/** Box and area of each object's visible pixels. */
export function boxesOf(labels: Uint8Array, size: number, count: number): ObjectBox[] {
  const bounds = Array.from({ length: count }, () => ({
    left: size,
    top: size,
    right: -1,
    bottom: -1,
    area: 0,
  }));
  for (let i = 0; i < labels.length; i++) {
    const bound = bounds[labels[i]! - 1];
    if (!bound) continue;
    const x = i % size;
    const y = (i - x) / size;
    bound.left = Math.min(bound.left, x);
    bound.right = Math.max(bound.right, x);
    bound.top = Math.min(bound.top, y);
    bound.bottom = y;
    bound.area++;
  }
  return bounds.map(({ left, top, right, bottom, area }) => ({
    box: area === 0 ? [0, 0, 0, 0] : [left, top, right - left + 1, bottom - top + 1],
    area,
  }));
}
