import { z } from "zod";
import { cocoRle } from "@/lib/api/contract/masks";
import { UserError } from "@/lib/domain/errors";
import { maskOfSegmentation } from "@/lib/domain/masks/coco-segmentation";
import { unionMasks } from "@/lib/domain/masks/mask-shapes";
import type { Context } from "../context";
import { encodeMaskPng } from "./encode-mask-png";
import { addImported, type MutableReport, reported } from "./import-mask";
import { matchAnchors } from "./match-anchors";
import { readMaskPng } from "./read-mask-png";

const cocoFile = z.object({
  images: z.array(z.object({ id: z.union([z.number(), z.string()]), file_name: z.string() })),
  annotations: z.array(
    z.object({
      image_id: z.union([z.number(), z.string()]),
      segmentation: z.union([cocoRle, z.array(z.array(z.number()))]),
    }),
  ),
});

/** The masks of a COCO file: all annotations of an image together are its region. */
export async function importCoco(
  context: Context,
  report: MutableReport,
  { file, bytes }: { file: string; bytes: Buffer },
): Promise<void> {
  const { images, annotations } = parse(file, bytes);
  const byImage = new Map<string | number, (typeof annotations)[number]["segmentation"][]>();
  for (const { image_id, segmentation } of annotations) {
    byImage.set(image_id, [...(byImage.get(image_id) ?? []), segmentation]);
  }
  const names = new Map(images.map(({ id, file_name }) => [id, file_name]));
  const matches = await matchAnchors(context, [...new Set(names.values())]);
  for (const [imageId, segmentations] of byImage) {
    const name = names.get(imageId) ?? `image ${imageId}`;
    await reported(report, `${file}: ${name}`, async () => {
      const match = matches.get(name) ?? { problem: `The file lists no image with the id ${imageId}.` };
      if ("problem" in match) throw new UserError("not-found", match.problem, name);
      const { width, height } = match;
      const masks = segmentations.map((segmentation) => maskOfSegmentation(segmentation, match, name));
      const mask = masks.length === 1 ? masks[0]! : unionMasks(masks);
      const bytes = await encodeMaskPng(mask);
      const png = await readMaskPng(bytes, { name, width, height, soft: false }, "file");
      const united = masks.length > 1 ? `, ${masks.length} annotations united` : "";
      await addImported(context, report, {
        file: `${file}: ${name}`,
        anchor: match,
        png,
        note: `imported from ${file}${united}`,
      });
    });
  }
}

function parse(file: string, bytes: Buffer): z.infer<typeof cocoFile> {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new UserError("bad-input", `${file} is not JSON; a COCO file has images and annotations.`, file);
  }
  const parsed = cocoFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UserError(
    "bad-input",
    `${file} is no COCO file: ${issue?.path.join(".") || "the file"} ${issue?.message.toLowerCase()}.`,
    file,
  );
}
