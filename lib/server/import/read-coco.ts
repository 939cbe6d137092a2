import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import { UserError } from "@/lib/domain/errors";
import { chooseCaption } from "./choose-caption";
import type { ImportEntry } from "./import-types";
import { resolveInside } from "./resolve-inside";
import { streamJsonArrays } from "./stream-json-arrays";

const id = z.union([z.number(), z.string()]);
const annotationSchema = z.object({ image_id: id, caption: z.unknown() });
const licenceSchema = z.object({ id, name: z.string().optional(), url: z.string().optional() });
const imageSchema = z.looseObject({
  id,
  file_name: z.string().min(1),
  license: id.optional(),
  flickr_url: z.string().optional(),
  coco_url: z.string().optional(),
});

/**
 * A COCO captions file with its folder of images. The file is streamed twice, once for captions and licences and
 * once for images, so what is held is the captions' text and not the file (about 90 MB for COCO's 590,000 captions).
 */
export async function* readCoco(file: string, root: string): AsyncGenerator<ImportEntry> {
  const name = basename(file);
  const captions = new Map<number | string, unknown[]>();
  const licences = new Map<number | string, string>();
  const firstPass = new Set(["annotations", "licenses"]);
  for await (const { key, value } of streamJsonArrays(createReadStream(file), name, firstPass)) {
    if (key === "annotations") {
      const annotation = annotationSchema.safeParse(value);
      if (!annotation.success) continue;
      const listed = captions.get(annotation.data.image_id);
      if (listed) listed.push(annotation.data.caption);
      else captions.set(annotation.data.image_id, [annotation.data.caption]);
    } else {
      const licence = licenceSchema.safeParse(value);
      const words = licence.data?.name ?? licence.data?.url;
      if (licence.success && words) licences.set(licence.data.id, words);
    }
  }
  let found = 0;
  for await (const { value } of streamJsonArrays(createReadStream(file), name, new Set(["images"]))) {
    found++;
    yield toEntry(value, `${name} image ${found}`, root, captions, licences);
  }
  if (found === 0)
    throw new UserError("bad-input", `${name} holds no "images" list; is it a COCO captions file?`, name);
}

function toEntry(
  value: unknown,
  where: string,
  root: string,
  captions: ReadonlyMap<number | string, unknown[]>,
  licences: ReadonlyMap<number | string, string>,
): ImportEntry {
  const parsed = imageSchema.safeParse(value);
  if (!parsed.success) return refuse(where, 'The entry has no "id" or no "file_name".');
  const { id, file_name, license, flickr_url, coco_url, ...meta } = parsed.data;
  const subject = `${file_name} (${where})`;
  const path = resolveInside(root, file_name);
  if (path === null)
    return refuse(subject, `The path leaves the folder ${root}; only images inside it are read.`);
  const chosen = chooseCaption(captions.get(id) ?? []);
  if ("refused" in chosen) return refuse(subject, chosen.refused);
  const licence = license === undefined ? undefined : licences.get(license);
  const sourceUrl = flickr_url ?? coco_url;
  return {
    kind: "item",
    item: {
      subject,
      image: { kind: "path", path },
      ...chosen,
      ...(licence !== undefined && { licence }),
      ...(sourceUrl !== undefined && { sourceUrl }),
      meta: { ...meta, id },
    },
  };
}

function refuse(subject: string, reason: string): ImportEntry {
  return { kind: "refused", refusal: { subject, reason } };
}
