import type { Command } from "commander";
import { formatDuration } from "@/lib/domain/duration";
import { runConfigSchema } from "@/lib/domain/run-config";
import { checkExportFolder } from "@/lib/export/export-folder";
import { importStorybook } from "@/lib/server/imports/begin-import";
import { createRun } from "@/lib/server/runs/create-run";
import { exportTo } from "./export";
import { followImport } from "./import";
import { followRun } from "./run";
import { seedNumber, wholeNumber } from "./whole-number";
import { withStudio } from "./with-studio";

export function addDemoCommand(program: Command): void {
  program
    .command("demo")
    .description("Draw Storybook anchors, run the whole pipeline on them and export what it selects")
    .requiredOption("--out <folder>", "empty or new folder for the dataset")
    .option("--anchors <n>", "how many anchors to draw", wholeNumber(1, 2000), 12)
    .option("--seed <n>", "seed of scenes and run", seedNumber, 1)
    .action((options: { out: string; anchors: number; seed: number }) =>
      withStudio("demo", { work: true }, async (context) => {
        const started = performance.now();
        const { anchors: count, seed } = options;
        await checkExportFolder(options.out);
        const imported = await followImport(context, await importStorybook(context, { count, seed }));
        const config = runConfigSchema.parse({
          name: `Demo ${new Date().toISOString().slice(0, 19)}`,
          seed,
          anchors: {
            origin: "storybook",
            ...(imported.added > 0 ? { importId: imported.id } : { limit: count }),
          },
        });
        const run = await followRun(context, await createRun(context, config));
        const written = await exportTo(
          context,
          { out: options.out, name: config.name, format: "parquet", images: "png", validation: "0" },
          ["pending", "approved"],
          [run.id],
        );
        const [instructions, freeForm] = run.stages;
        console.table({
          anchors: instructions?.total,
          edits: freeForm?.total,
          candidates: freeForm?.produced,
          samples: freeForm?.kept,
          exported: written.written,
          "UNet rows": freeForm?.unetRows,
          time: formatDuration((performance.now() - started) / 1000),
        });
        console.log(`The dataset is in ${written.path}; nobody has reviewed it yet.`);
      }),
    );
}
