import { Readable } from "node:stream";
import { makeStorybookAnchors } from "@/lib/storybook/make-anchors";
import type { ImportEntry } from "../import/import-types";

/** Storybook scenes as entries of an import, drawn one at a time. */
export async function* readStorybook({
  count,
  seed,
}: {
  count: number;
  seed: number;
}): AsyncGenerator<ImportEntry> {
  let index = 0;
  for await (const { png, caption, captions } of makeStorybookAnchors(count, seed)) {
    const name = `storybook-${seed}-${String(index++).padStart(5, "0")}.png`;
    yield {
      kind: "item",
      item: {
        subject: name,
        image: { kind: "stream", name, open: async () => Readable.from([png]) },
        caption,
        captions: [...captions],
        licence: "Apache-2.0",
        attribution: "Drawn by Pentimento's scene generator",
        warnings: [],
        meta: {},
      },
    };
  }
}
