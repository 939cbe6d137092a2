import { createHash } from "node:crypto";
import type { MaskImage, RgbImage } from "@/lib/domain/image";
import { STORYBOOK_EDIT_TYPES, type StorybookEditType } from "@/lib/storybook/edit-draft";
import { editOfType, type SceneEdit } from "@/lib/storybook/edits";
import { isHeldOut } from "@/lib/storybook/held-out";
import { hashWords, randomSource } from "@/lib/storybook/random";
import { renderEdit } from "@/lib/storybook/render-edit";
import { renderScene } from "@/lib/storybook/render-scene";
import { sampleScene } from "@/lib/storybook/sample-scene";

/** An edit of a scene whose exact outcome is known. */
export interface KnownEdit {
  key: string;
  editType: StorybookEditType;
  edit: SceneEdit;
  scene: RgbImage;
  sceneSha: string;
  exact: RgbImage;
  /** 255 where the exact edit may change the picture. */
  mask: MaskImage;
}

/** Far from the seeds of training and of the model card. */
const sceneSeed = 90_210;

/** Edits of scenes that training never showed, types in turn; edit `i` depends on `i` only. */
export async function knownEdit(index: number, size: number): Promise<KnownEdit> {
  const wanted = STORYBOOK_EDIT_TYPES[index % STORYBOOK_EDIT_TYPES.length]!;
  for (let attempt = 0; ; attempt++) {
    const scene = sampleScene(hashWords(sceneSeed, index, attempt), { split: "heldout" });
    const edit = editOfType(scene, wanted, randomSource(sceneSeed, index, attempt, 9));
    if (!edit || !isHeldOut(scene)) continue;
    const { source, target, mask } = await renderEdit(scene, edit, size);
    const picture = (data: Buffer): RgbImage => ({ width: size, height: size, data: new Uint8Array(data) });
    return {
      key: `edit-${index}`,
      editType: wanted,
      edit,
      scene: picture(source),
      sceneSha: createHash("sha256").update(source).digest("hex"),
      exact: picture(target),
      mask: { width: size, height: size, data: new Uint8Array(mask) },
    };
  }
}

/** Other scenes of the same kind: what sources should cover. None of them is an anchor. */
export async function referenceScene(index: number, size: number): Promise<RgbImage> {
  const scene = sampleScene(hashWords(sceneSeed + 1, index), { split: "heldout" });
  return { width: size, height: size, data: new Uint8Array(await renderScene(scene, size)) };
}
