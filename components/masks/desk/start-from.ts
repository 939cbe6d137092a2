import { imageUrl } from "@/components/ui/picture";
import type { DeskController } from "./desk-controller";
import { maskCodec } from "./mask-work";

/** Puts a stored mask on a desk where nobody has drawn yet, as a step that can be undone. */
export async function startFrom({ editor, shown }: DeskController, sha256: string): Promise<void> {
  const { region, unsent } = shown().sitting;
  if (region.mask || unsent) return;
  const response = await fetch(imageUrl(sha256));
  if (!response.ok) throw new Error(`The present mask could not be fetched (status ${response.status}).`);
  const mask = await maskCodec.decode(new Uint8Array(await response.arrayBuffer()));
  const fits = mask.width === editor.size.width && mask.height === editor.size.height;
  // Whoever was faster with a stroke has begun from nothing.
  if (fits && editor.revision === 0) editor.applyMask(mask, { label: "The mask so far", mode: "replace" });
}
