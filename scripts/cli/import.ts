import type { Command } from "commander";
import type { ImportView } from "@/lib/api/contract/anchors";
import { countOf } from "@/lib/domain/counts";
import { UserError } from "@/lib/domain/errors";
import { noteText } from "@/lib/domain/import-note";
import type { Context } from "@/lib/server/context";
import { importFromPath, importStorybook } from "@/lib/server/imports/begin-import";
import { getImport } from "@/lib/server/imports/get-import";
import { listImportNotes } from "@/lib/server/imports/list-import-notes";
import { poll } from "./poll";
import { progressLine } from "./progress-line";
import { seedNumber, wholeNumber } from "./whole-number";
import { withStudio } from "./with-studio";

export function addImportCommand(program: Command): void {
  program
    .command("import")
    .description("Import images with captions as anchors")
    .argument(
      "<path>",
      "a COCO captions .json, a .jsonl or .csv of path or URL plus caption, or a folder (with metadata.jsonl)",
    )
    .option("--images <folder>", "folder that relative paths are below (default: where the list lies)")
    .action((path: string, options: { images?: string }) =>
      withStudio("import", { work: true }, async (context) => {
        const started = await importFromPath(context, { path, images: options.images });
        await followImport(context, started);
      }),
    );
  program
    .command("storybook")
    .description("Draw Storybook scenes as anchors: pictures that the embedded models know")
    .option("--count <n>", "how many", wholeNumber(1, 2000), 40)
    .option("--seed <n>", "seed of the scenes", seedNumber, 1)
    .action((options: { count: number; seed: number }) =>
      withStudio("storybook", { work: true }, async (context) => {
        const started = await importStorybook(context, options);
        await followImport(context, started);
      }),
    );
}

/** Shows an import until it is done, then its report. Throws if it failed. */
export async function followImport(context: Context, { id }: ImportView): Promise<ImportView> {
  const line = progressLine();
  const ended = await poll(
    () => getImport(context, id),
    ({ state }) => state === "succeeded" || state === "failed",
    ({ added }) => line.show(`Importing: ${added} added`),
  );
  line.end();
  if (ended.state === "failed") throw new UserError("bad-input", ended.message ?? "The import failed.");
  console.log(`${ended.added} added, ${countOf(ended.duplicates, "duplicate")}, ${ended.refused} refused.`);
  for (let cursor: string | undefined; ; ) {
    const page = await listImportNotes(context, { id, limit: 200, cursor });
    for (const note of page.items) console.log(`${note.refused ? "refused" : "note"}  ${noteText(note)}`);
    if (!page.nextCursor) return ended;
    cursor = page.nextCursor;
  }
}
