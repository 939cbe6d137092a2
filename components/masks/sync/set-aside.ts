import type { RegionView } from "@/lib/api/contract/masks";
import type { MaskImage } from "@/lib/domain/image";
import type { MaskCodec } from "./mask-sync";
import { saveMask } from "./save-mask";

/**
 * Puts a mask into a region's history without making it the current one.
 * @throws an error with a sentence if the server did not take it
 */
export async function setAside(
  { id, version }: RegionView,
  mask: MaskImage,
  codec: MaskCodec,
): Promise<void> {
  const { width, height, data } = mask;
  const png = await codec.encode({ width, height, data: data.slice() });
  const answer = await saveMask({ regionId: id, version, saveId: crypto.randomUUID(), png, aside: true });
  if (answer.kind === "saved") return;
  const reason = answer.kind === "conflict" ? "The region has changed again." : answer.reason;
  throw new Error(`The other version could not be put into the history, so nothing was chosen. ${reason}`);
}
