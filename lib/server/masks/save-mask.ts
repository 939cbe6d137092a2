import type { SaveOutcome } from "@/lib/api/contract/masks";
import type { Context } from "../context";
import { DEFAULT_IMAGE_LIMITS } from "../images/image-limits";
import { appendRevision, setAside, storeMaskPng } from "./append-revision";
import { regionRow } from "./get-region";
import { readBody } from "./read-body";
import { readMaskPng } from "./read-mask-png";
import { requireDrawing } from "./require-drawing";

export interface SaveMaskInput {
  id: string;
  version: number;
  saveId?: string | undefined;
  /** Into the history only, whatever the region's version is. */
  aside?: boolean | undefined;
  body: ReadableStream<Uint8Array> | null;
}

/** Takes a drawn mask in as the next revision. A wrong file, and a region that somebody else saved, change nothing. */
export async function saveMask(
  context: Context,
  { id, version, saveId, aside, body }: SaveMaskInput,
): Promise<SaveOutcome> {
  await requireDrawing(context, [id]);
  const { image } = await regionRow(context.studio.db, context, id);
  const file = await readBody(body, DEFAULT_IMAGE_LIMITS.maxBytes, "The mask");
  const { width, height } = image;
  const png = await readMaskPng(file, { name: "The mask", width, height, soft: true }, "desk");
  const stored = await storeMaskPng(context, png);
  return aside
    ? setAside(context, { id, saveId, png: stored })
    : appendRevision(context, { id, version, saveId, png: stored });
}
