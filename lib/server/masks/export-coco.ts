import { cocoMask, type JsonFormat } from "@/lib/domain/masks/coco-segmentation";
import { type Context, requireAbility } from "../context";
import { type ExportFilter, exportedRegions } from "./export-notes";
import { readStoredMask } from "./read-stored-mask";

/** Regions that are read at once. */
const pageSize = 100;

const include = {
  image: true,
  anchor: { select: { fileName: true } },
  mask: true,
  edit: true,
  sample: true,
} as const;

/** The current masks of regions, oldest first, a page at a time. */
export async function* exportRows(context: Context, filter: ExportFilter) {
  requireAbility(context, "read");
  const where = exportedRegions(context, filter);
  for (let cursor: string | undefined; ; ) {
    const rows = await context.studio.db.region.findMany({
      where: cursor ? { AND: [where, { id: { gt: cursor } }] } : where,
      orderBy: { id: "asc" },
      take: pageSize,
      include,
    });
    yield* rows;
    cursor = rows.at(-1)?.id;
    if (rows.length < pageSize) return;
  }
}

/** A COCO file of the current masks, in pieces of text. */
export async function* exportCoco(
  context: Context,
  { format, ...filter }: ExportFilter & { format: JsonFormat },
): AsyncGenerator<string> {
  const images = new Map<string, number>();
  yield '{"info":{"description":"Edit regions of a Pentimento project"},"categories":[{"id":1,"name":"region"}],\n"annotations":[';
  let count = 0;
  const files: { id: number; file_name: string; width: number; height: number; sha256: string }[] = [];
  for await (const region of exportRows(context, filter)) {
    const { image, mask } = region;
    if (!mask) continue;
    if (!images.has(image.sha256)) {
      images.set(image.sha256, images.size + 1);
      const file_name = region.sample ? `${image.sha256}.png` : (region.anchor?.fileName ?? image.sha256);
      const { width, height, sha256 } = image;
      files.push({ id: images.size, file_name, width, height, sha256 });
    }
    const text = region.sample ?? region.edit;
    const annotation = {
      id: ++count,
      image_id: images.get(image.sha256),
      category_id: 1,
      iscrowd: format === "polygon" ? 0 : 1,
      ...cocoMask(await readStoredMask(context.studio, mask.pngSha), format),
      region_id: region.id,
      kind: region.kind,
      revision: mask.revision,
      ...(region.editId && { edit_id: region.editId }),
      ...(region.sampleId && { sample_id: region.sampleId }),
      ...(text && { instruction: text.instruction }),
      ...(mask.soft && { was_soft: true }),
    };
    yield `${count > 1 ? "," : ""}\n${JSON.stringify(annotation)}`;
  }
  yield `],\n"images":[${files.map((file) => `\n${JSON.stringify(file)}`).join(",")}]}\n`;
}
