import { applyEdit, type SceneEdit } from "./edits";
import { renderLabels } from "./render-labels";
import { renderScene } from "./render-scene";
import type { Scene } from "./scene";

export interface RenderedEdit {
  /** Raw sRGB, size × size × 3. */
  readonly source: Buffer;
  readonly target: Buffer;
  /** size × size bytes; 255 where the edit may change the picture. */
  readonly mask: Buffer;
}

/**
 * Source, exact target and region of an edit. The region of a local edit is the visible silhouette of the object
 * before and after, with the shadow it throws: every pixel outside is the same in source and target.
 */
export async function renderEdit(scene: Scene, edit: SceneEdit, size: number): Promise<RenderedEdit> {
  const after = applyEdit(scene, edit);
  const [source, target] = await Promise.all([renderScene(scene, size), renderScene(after, size)]);
  if (!edit.region) return { source, target, mask: Buffer.alloc(size * size, 255) };
  const silhouettes = await Promise.all([
    silhouetteOf(scene, beforeIndex(edit), size),
    silhouetteOf(after, afterIndex(scene, edit), size),
  ]);
  const mask = Buffer.alloc(size * size);
  for (let i = 0; i < mask.length; i++) {
    const differs = [0, 1, 2].some((channel) => source[3 * i + channel] !== target[3 * i + channel]);
    if (differs || silhouettes.some((silhouette) => silhouette?.[i])) mask[i] = 255;
  }
  return { source, target, mask };
}

const beforeIndex = ({ change }: SceneEdit) =>
  change.kind === "remove" || change.kind === "object" ? change.index : null;

const afterIndex = (scene: Scene, { change }: SceneEdit) =>
  change.kind === "add" ? scene.objects.length : change.kind === "object" ? change.index : null;

/** Where the object is in sight: the part of it not behind others. */
async function silhouetteOf(scene: Scene, index: number | null, size: number): Promise<Uint8Array | null> {
  if (index === null) return null;
  const labels = await renderLabels(scene, size);
  return labels.map((label) => (label === index + 1 ? 1 : 0));
}
