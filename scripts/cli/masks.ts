import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { maskFormat } from "@/lib/api/contract/masks";
import { UserError } from "@/lib/domain/errors";
import type { Context } from "@/lib/server/context";
import { exportCoco } from "@/lib/server/masks/export-coco";
import { exportNotes } from "@/lib/server/masks/export-notes";
import { exportPngs } from "@/lib/server/masks/export-pngs";
import { importMaskFolder } from "@/lib/server/masks/import-folder";
import { rowId } from "./row-id";
import { withStudio } from "./with-studio";

export function addMasksCommand(program: Command): void {
  const masks = program.command("masks").description("Import or export region masks");
  masks
    .command("import")
    .description("Add the masks of a folder (PNG, or COCO .json) to the anchors of the same file name")
    .argument("<folder>", "folder, or one file")
    .option("--soft", "take grey levels between black and white as soft masks")
    .action((folder: string, { soft }: { soft?: boolean }) =>
      withStudio("masks import", { work: false }, (context) => importMasks(context, folder, soft ?? false)),
    );
  masks
    .command("export")
    .description("Write the current masks to a folder")
    .argument("<folder>")
    .option("--format <format>", "png, coco, coco-compressed or polygon", "png")
    .option("--run <id>", "only those of a run's edits and samples", rowId("run"))
    .action((folder: string, options: { format: string; run?: string }) =>
      withStudio("masks export", { work: false }, (context) =>
        exportMasks(context, resolve(folder), options),
      ),
    );
}

async function importMasks(context: Context, path: string, soft: boolean): Promise<void> {
  const { imported, refused } = await importMaskFolder(context, {
    path,
    soft,
    maxFiles: Number.POSITIVE_INFINITY,
  });
  console.log(`${imported.length} imported, ${refused.length} refused.`);
  for (const { file, reason } of refused) console.log(`${file}: ${reason}`);
  if (refused.length > 0) process.exitCode = 1;
}

async function exportMasks(
  context: Context,
  folder: string,
  options: { format: string; run?: string },
): Promise<void> {
  const parsed = maskFormat.safeParse(options.format);
  if (!parsed.success) {
    throw new UserError(
      "bad-input",
      `--format is “${options.format}”; it must be one of ${maskFormat.options.join(", ")}.`,
      "format",
    );
  }
  const format = parsed.data;
  const filter = options.run ? { runId: options.run } : {};
  for (const note of (await exportNotes(context, { format, ...filter })).notes) console.log(note);
  if (format === "png") {
    console.log(`${await exportPngs(context, folder, filter)} masks written to ${folder}.`);
    return;
  }
  await mkdir(folder, { recursive: true });
  const file = join(folder, `masks.${format}.json`);
  await pipeline(Readable.from(exportCoco(context, { format, ...filter })), createWriteStream(file));
  console.log(`Masks written to ${file}.`);
}
