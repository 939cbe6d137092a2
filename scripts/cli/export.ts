import { type Command, Option } from "commander";
import { type ExportView, exportFormats } from "@/lib/api/contract/releases";
import { countOf } from "@/lib/domain/counts";
import { UserError } from "@/lib/domain/errors";
import type { SampleState } from "@/lib/domain/sample-state";
import { checkExportFolder } from "@/lib/export/export-folder";
import type { Context } from "@/lib/server/context";
import { createRelease } from "@/lib/server/releases/create-release";
import { exportRelease } from "@/lib/server/releases/export-release";
import { getRelease } from "@/lib/server/releases/list-releases";
import { poll } from "./poll";
import { progressLine } from "./progress-line";
import { withStudio } from "./with-studio";

interface ExportOptions {
  out: string;
  name: string;
  format: ExportView["format"];
  images: "png" | "jpeg";
  validation: string;
  unreviewed?: boolean;
  /** Preference pairs too. */
  preferences?: boolean;
}

export function addExportCommand(program: Command): void {
  program
    .command("export")
    .description("Freeze the approved samples as a release and write it to a folder")
    .requiredOption("--out <folder>", "empty or new folder to write to")
    .option("--name <name>", "name of the release", `release-${new Date().toISOString().slice(0, 16)}`)
    .addOption(
      new Option("--format <format>", "layout of the dataset").choices(exportFormats).default("parquet"),
    )
    .addOption(new Option("--images <format>", "image files").choices(["png", "jpeg"]).default("png"))
    .option("--validation <share>", "share of anchors for the validation split, 0 to 0.5", "0")
    .option("--preferences", "also write rejected targets beside the chosen one of the same source (Parquet)")
    .option("--unreviewed", "also take samples that nobody has reviewed yet")
    .action((options: ExportOptions) =>
      withStudio("export", { work: true }, async (context) => {
        const ended = await exportTo(
          context,
          options,
          options.unreviewed ? ["approved", "pending"] : ["approved"],
        );
        console.log(`${countOf(ended.written, "sample")} written to ${ended.path}.`);
      }),
    );
}

/** Makes a release of the samples in the given states and writes it; returns when it is on disk. */
export async function exportTo(
  context: Context,
  { out, name, format, images, validation, preferences = false }: ExportOptions,
  states: SampleState[],
  runIds?: string[],
): Promise<ExportView> {
  const validationShare = Number(validation);
  if (!(validationShare >= 0 && validationShare <= 0.5)) {
    throw new UserError("bad-input", "--validation must be a number from 0 to 0.5.", "validation");
  }
  // Before the release is frozen, so that none stays behind for want of a folder.
  await checkExportFolder(out);
  const release = await createRelease(context, {
    name,
    filter: { states, ...(runIds && { runIds }) },
    validationShare,
  });
  const options = { imageFormat: images, validationShare, preferences };
  const { id } = await exportRelease(context, { id: release.id, format, options, outDir: out });
  const line = progressLine();
  const ended = await poll(
    async () => (await getRelease(context, release.id)).exports.find((found) => found.id === id)!,
    ({ state }) => state === "succeeded" || state === "failed",
    ({ written }) => line.show(`Writing: ${written} of ${countOf(release.count, "sample")}`),
  );
  line.end();
  if (ended.state === "failed") throw new UserError("unavailable", ended.message ?? "The export failed.");
  return ended;
}
