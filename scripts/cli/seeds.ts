import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { countOf } from "@/lib/domain/counts";
import { UserError } from "@/lib/domain/errors";
import { formatSeedLines } from "@/lib/instructions/seed-lines";
import { importSeeds } from "@/lib/server/seeds/import-seeds";
import { loadSeeds } from "@/lib/server/seeds/load-seeds";
import { withStudio } from "./with-studio";

export function addSeedsCommand(program: Command): void {
  const seeds = program.command("seeds").description("Import or export human seed examples");
  seeds
    .command("import")
    .description("Add the seeds of a JSONL, CSV or TSV file")
    .argument(
      "<file>",
      "source_caption, instruction, target_caption and edit_type, as JSON lines or named columns",
    )
    .action((file: string) =>
      withStudio("seeds import", { work: false }, async (context) => {
        const text = await readFile(file, "utf8").catch(() => {
          throw new UserError("not-found", `${file} cannot be read; check the path.`, file);
        });
        const { added, duplicates, refused } = await importSeeds(context, text);
        console.log(`${added} added, ${countOf(duplicates, "duplicate")}, ${refused.length} refused.`);
        for (const { line, reason } of refused) console.log(`line ${line}: ${reason}`);
      }),
    );
  seeds
    .command("export")
    .description("Write all seeds in use to a JSONL file")
    .argument("<file>")
    .action((file: string) =>
      withStudio("seeds export", { work: false }, async ({ studio, caller }) => {
        const all = await loadSeeds(studio, caller.projectId);
        await writeFile(file, formatSeedLines(all));
        console.log(`${countOf(all.length, "seed")} written to ${file}.`);
      }),
    );
}
