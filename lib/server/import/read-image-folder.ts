import { opendir } from "node:fs/promises";
import { join, relative } from "node:path";
import type { ImportEntry } from "./import-types";

const IMAGE_NAME = /\.(jpe?g|jpe|jfif|png|apng|webp|gif|tiff?|avif|hei[cf]|svg|bmp|psd)$/i;

/** Every image file below a folder, without captions; hidden files and other files are passed over. */
export async function* readImageFolder(root: string): AsyncGenerator<ImportEntry> {
  for await (const path of walk(root)) {
    const warnings = ["The image has no caption; write one before editing it."];
    yield {
      kind: "item",
      item: {
        subject: relative(root, path),
        image: { kind: "path", path },
        caption: "",
        captions: [],
        meta: {},
        warnings,
      },
    };
  }
}

async function* walk(folder: string): AsyncGenerator<string> {
  const folders: string[] = [];
  for await (const entry of await opendir(folder)) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) folders.push(path);
    else if (IMAGE_NAME.test(entry.name)) yield path;
  }
  for (const inner of folders.sort()) yield* walk(inner);
}
