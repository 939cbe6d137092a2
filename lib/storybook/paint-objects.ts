import { drawingOrder, placementOf, transformOf } from "./layout";
import { drawingOf } from "./nouns/catalogue";
import { ellipse, type Part } from "./nouns/part";
import { type Light, toneColour } from "./palette";
import type { Scene, SceneObject } from "./scene";
import type { Brush, PaintedPart } from "./styles/brush";

const isBody = ({ tone }: Part) => tone === "main" || tone === "leaf" || tone === "pine";

/** All objects with their ground shadows, back to front. */
export function paintObjects(scene: Scene, light: Light, brush: Brush): string {
  return drawingOrder(scene)
    .map((index) => paintObject(scene, scene.objects[index]!, index, light, brush))
    .join("");
}

function paintObject(scene: Scene, object: SceneObject, index: number, light: Light, brush: Brush): string {
  const drawing = drawingOf(object.noun);
  const painted: PaintedPart[] = drawing.parts.map((piece, at) => ({
    d: piece.d,
    colour:
      piece.tone === "glass" && !object.material
        ? light.glass
        : light.onObject(toneColour(piece.tone, scene, object.colour, object.material)),
    body: isBody(piece),
    pattern: piece.tone === "main" ? patternOn(piece, object, `body${index}-${at}`) : "",
  }));
  const shade = drawing.zone === "sky" ? "" : groundShadow(scene, object, drawing.aspect);
  return `${shade}<g transform="${transformOf(scene, object)}">${brush.object(painted)}</g>`;
}

function groundShadow(scene: Scene, object: SceneObject, aspect: number): string {
  const { x, y, height } = placementOf(scene, object);
  const half = (height * aspect) / 2;
  return `<path d="${ellipse(x, y, half * 1.02, 6)}" fill="#150c30" opacity=".22"/>`;
}

/** Broad white stripes or round spots, clipped to one body part. */
function patternOn(piece: Part, object: SceneObject, id: string): string {
  if (object.pattern === "plain") return "";
  const marks: string[] = [];
  for (let column = -5; column <= 5; column++) {
    if (object.pattern === "striped") marks.push(`M${column * 18 - 4.5} 6h9V-110h-9Z`);
    else
      for (let row = 0; row < 7; row++)
        marks.push(ellipse(column * 19 + (row % 2) * 9.5, -8 - row * 15, 5.2));
  }
  const ink = object.colour === "white" ? "#7f88b4" : "#fffaf0";
  return `<clipPath id="${id}"><path d="${piece.d}"/></clipPath><path d="${marks.join("")}" fill="${ink}" opacity=".88" clip-path="url(#${id})"/>`;
}
