import { describe, expect, it } from "vitest";
import { isEditType } from "@/lib/domain/edit-types";
import { STORYBOOK_EDIT_TYPES } from "@/lib/storybook/edit-draft";
import { applyEdit, editOfType, editsOf } from "@/lib/storybook/edits";
import { isHeldOut } from "@/lib/storybook/held-out";
import { randomSource } from "@/lib/storybook/random";
import { renderEdit } from "@/lib/storybook/render-edit";
import { sampleScene } from "@/lib/storybook/sample-scene";

const scenes = Array.from({ length: 150 }, (_, seed) => sampleScene(seed));
const words = (caption: string) => caption.replaceAll(",", "").split(" ");

describe("editsOf", () => {
  it("offers every edit type, under the ids of the product", () => {
    const seen = new Set(
      scenes.flatMap((scene) => editsOf(scene, randomSource(1)).map((edit) => edit.editType)),
    );
    expect([...seen].sort()).toEqual([...STORYBOOK_EDIT_TYPES].sort());
    for (const editType of seen) expect(isEditType(editType)).toBe(true);
  });

  it("is deterministic", () => {
    expect(editsOf(scenes[4]!, randomSource(9))).toEqual(editsOf(scenes[4]!, randomSource(9)));
  });

  it("changes the caption, keeping most of its words", () => {
    for (const scene of scenes) {
      for (const edit of editsOf(scene, randomSource(scene.seed))) {
        expect(edit.targetCaption).not.toBe(edit.sourceCaption);
        const [source, target] = [words(edit.sourceCaption), words(edit.targetCaption)];
        const kept = source.filter((word) => target.includes(word)).length;
        expect(
          kept / Math.min(source.length, target.length),
          `${edit.sourceCaption} => ${edit.targetCaption}`,
        ).toBeGreaterThan(0.5);
      }
    }
  });

  it("names an edit object exactly where the edit has a region", () => {
    for (const scene of scenes) {
      for (const edit of editsOf(scene, randomSource(2))) {
        expect(edit.editObject !== null).toBe(edit.region);
        const caption = edit.editType === "add" ? edit.targetCaption : edit.sourceCaption;
        if (edit.editObject !== null) expect(caption).toContain(edit.editObject);
      }
    }
  });

  it("can keep held-out outcomes away", () => {
    const accept = (target: Parameters<typeof isHeldOut>[0]) => !isHeldOut(target);
    for (let seed = 0; seed < 150; seed++) {
      const scene = sampleScene(seed, { split: "train" });
      for (const edit of editsOf(scene, randomSource(seed), { accept }))
        expect(isHeldOut(applyEdit(scene, edit))).toBe(false);
    }
  });

  it("gives null for what a scene does not allow", () => {
    const lonely = scenes.find((scene) => scene.objects.length === 1)!;
    expect(editOfType(lonely, "remove", randomSource(1))).toBeNull();
  });
});

describe("renderEdit", () => {
  it("leaves every pixel outside a region as it was, and changes some inside", async () => {
    const size = 96;
    for (const scene of scenes.slice(0, 20)) {
      for (const edit of editsOf(scene, randomSource(scene.seed, 3))) {
        const { source, target, mask } = await renderEdit(scene, edit, size);
        const changed = { inside: 0, outside: 0 };
        for (let i = 0; i < size * size; i++) {
          const same = [0, 1, 2].every((channel) => source[3 * i + channel] === target[3 * i + channel]);
          if (!same) changed[mask[i] === 255 ? "inside" : "outside"]++;
        }
        expect(changed.outside).toBe(0);
        expect(changed.inside, `${edit.instruction}: ${edit.sourceCaption}`).toBeGreaterThan(20);
        const share = mask.filter((value) => value === 255).length / mask.length;
        if (edit.region) expect(share).toBeLessThan(0.6);
        else expect(share).toBe(1);
      }
    }
  });
});
