import { anchorAtSize } from "@/lib/stages/anchor-image";
import type { FreeFormEdit } from "@/lib/stages/free-form";
import { makeStorybookAnchors } from "@/lib/storybook/make-anchors";

/** Edits on Storybook scenes of their own, as Stage II takes them; the same `seed` gives the same edits. */
export async function storybookEdits(
  count: number,
  seed: number,
  size: readonly [height: number, width: number],
): Promise<FreeFormEdit[]> {
  const edits: FreeFormEdit[] = [];
  for await (const { png, caption } of makeStorybookAnchors(count, seed)) {
    edits.push({
      key: `bench ${edits.length}`,
      editType: "change-color",
      editObject: caption.split(" ")[2] ?? null,
      sourceCaption: caption,
      instruction: "Make it night.",
      targetCaption: `${caption} at night`,
      anchor: { sha256: "0".repeat(64), ...(await anchorAtSize(png, size)) },
    });
  }
  return edits;
}
