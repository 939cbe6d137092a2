import type { PackView } from "@/lib/api/contract/project";
import { UserError } from "@/lib/domain/errors";
import type { Context } from "../context";
import { listPacks } from "../project/list-packs";

export type InteractiveRole = "segmenter" | "detector" | "clip";

const missing: Record<InteractiveRole, string> = {
  segmenter: "so a click cannot be turned into a mask. Draw by hand, or add a pack with a segmenter",
  detector: "so text cannot be found in images. Draw by hand, or add a pack with a detector",
  clip: "so text cannot be compared with images. Add a pack with CLIP",
};

/**
 * The pack that answers: the one named, or the first that fills the role. Storybook's models know drawings only, so
 * for photos another pack is better, and for scenes it is the best.
 */
export async function choosePack(
  context: Context,
  role: InteractiveRole,
  { pack, imageSha }: { pack?: string | undefined; imageSha?: string | undefined },
): Promise<string> {
  const packs = (await listPacks(context)).filter(({ roles }) => roles.includes(role));
  if (pack) {
    if (packs.some(({ name }) => name === pack)) return pack;
    throw new UserError("unavailable", `The model pack “${pack}” has no ${role}, ${missing[role]}.`, "pack");
  }
  const chosen = packs.length > 1 && imageSha ? await fitting(context, packs, imageSha) : packs[0];
  if (!chosen) throw new UserError("unavailable", `No model pack has a ${role}, ${missing[role]}.`, "pack");
  return chosen.name;
}

async function fitting({ studio, caller }: Context, packs: PackView[], imageSha: string) {
  const scenes = await studio.db.anchor.count({
    where: { projectId: caller.projectId, imageSha, origin: "storybook" },
  });
  return packs.find(({ name }) => (name === "storybook") === scenes > 0) ?? packs[0];
}
