import { drawingOf } from "./nouns/catalogue";
import type { Scene, SceneObject } from "./scene";

/** Where an object is drawn, in units of a picture 256 wide and high. */
export interface Placement {
  /** Base point: middle of the drawing's foot. */
  readonly x: number;
  readonly y: number;
  /** Height of the drawing. */
  readonly height: number;
}

export const VIEW = 256;
const SLOT_X = {
  1: { left: 0.34, centre: 0.5, right: 0.66 },
  2: { left: 0.26, centre: 0.5, right: 0.74 },
  3: { left: 0.19, centre: 0.5, right: 0.81 },
} as const;
const CROWD_SCALE = { 1: 1, 2: 0.92, 3: 0.8 } as const;
const WIDTH_LIMIT = { 1: 0.64, 2: 0.47, 3: 0.33 } as const;

/** Every object stands in its slot on a shared ground line, so a scene can change one object and leave the rest. */
export function placementOf(scene: Scene, object: SceneObject): Placement {
  const drawing = drawingOf(object.noun);
  const crowd = Math.min(3, Math.max(1, scene.crowd)) as 1 | 2 | 3;
  const wanted = drawing.height * CROWD_SCALE[crowd] * object.zoom;
  const height = Math.min(wanted, (WIDTH_LIMIT[crowd] * object.zoom) / drawing.aspect);
  const x = SLOT_X[crowd][object.slot] + object.shift;
  const back = drawing.family === "building" || drawing.family === "vehicle" || drawing.family === "plant";
  const foot = drawing.zone === "sky" ? 0.1 + height : drawing.zone === "water" ? 0.79 : back ? 0.88 : 0.92;
  return { x: x * VIEW, y: foot * VIEW, height: height * VIEW };
}

/** Objects from back to front. */
export function drawingOrder(scene: Scene): number[] {
  return scene.objects
    .map((object, index) => ({ index, y: placementOf(scene, object).y }))
    .sort((a, b) => a.y - b.y || a.index - b.index)
    .map(({ index }) => index);
}

/** SVG transform that takes a noun's own coordinates (100 high, base at the origin) to the picture. */
export function transformOf(scene: Scene, object: SceneObject): string {
  const { x, y, height } = placementOf(scene, object);
  const scale = height / 100;
  return `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${(object.mirrored ? -scale : scale).toFixed(4)} ${scale.toFixed(4)})`;
}
