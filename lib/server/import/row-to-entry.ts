import { chooseCaption } from "./choose-caption";
import type { ImportEntry, ImportImage } from "./import-types";
import { resolveInside } from "./resolve-inside";

/** Names under which lists in the wild carry each field, in order of preference. */
const FIELDS = {
  path: ["file_name", "filename", "path", "image_path", "file", "image"],
  url: ["url", "image_url", "img_url"],
  caption: ["caption", "text", "source_caption", "prompt", "description"],
  captions: ["captions", "texts"],
  licence: ["licence", "license", "rights"],
  attribution: ["attribution", "author", "credit", "creator", "photographer"],
  sourceUrl: ["source_url", "sourceUrl", "page_url", "landing_url", "original_url", "link"],
} as const;

type Field = keyof typeof FIELDS;

/** An entry from one row of a list. `root` is the folder that relative paths are below. */
export function rowToEntry(row: Record<string, unknown>, root: string, where: string): ImportEntry {
  const used = new Set<string>();
  const take = (field: Field): unknown => {
    for (const [key, value] of Object.entries(row)) {
      const wanted: readonly string[] = FIELDS[field];
      if (!wanted.includes(key) || value === undefined || value === null || value === "") continue;
      used.add(key);
      return value;
    }
    return undefined;
  };
  const path = asText(take("path"));
  const url = asText(take("url"));
  const refuse = (subject: string, reason: string): ImportEntry => ({
    kind: "refused",
    refusal: { subject, reason },
  });

  const named = path ?? url;
  if (named === undefined)
    return refuse(where, 'The row names no image; give a "file_name" (or "path") or a "url".');
  const subject = `${named} (${where})`;
  const image = locate(path, url, root);
  if ("refused" in image) return refuse(subject, image.refused);

  const listed = take("captions");
  const captions = [take("caption"), ...(Array.isArray(listed) ? listed : [listed])];
  const chosen = chooseCaption(captions);
  if ("refused" in chosen) return refuse(subject, chosen.refused);

  const sourceUrl = asText(take("sourceUrl")) ?? url;
  const licence = asText(take("licence"));
  const attribution = asText(take("attribution"));
  return {
    kind: "item",
    item: {
      subject,
      image: image.found,
      ...chosen,
      ...(licence !== undefined && { licence }),
      ...(attribution !== undefined && { attribution }),
      ...(sourceUrl !== undefined && isWebUrl(sourceUrl) && { sourceUrl }),
      meta: Object.fromEntries(Object.entries(row).filter(([key]) => !used.has(key))),
    },
  };
}

function locate(
  path: string | undefined,
  url: string | undefined,
  root: string,
): { found: ImportImage } | { refused: string } {
  if (path === undefined || isWebUrl(path)) return { found: { kind: "url", url: path ?? url ?? "" } };
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path))
    return { refused: `Only http and https addresses are fetched, not "${path.split(":")[0]}".` };
  const full = resolveInside(root, path);
  return full === null
    ? { refused: `The path leaves the folder ${root}; only images inside it are read.` }
    : { found: { kind: "path", path: full } };
}

export function isWebUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value.trim();
  return typeof value === "number" ? String(value) : undefined;
}
