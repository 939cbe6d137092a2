import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { parse as parseYaml } from "yaml";
import type { RunView } from "@/lib/api/contract/runs";
import { countOf } from "@/lib/domain/counts";
import { formatDuration } from "@/lib/domain/duration";
import { UserError } from "@/lib/domain/errors";
import { type RunConfig, runConfigSchema } from "@/lib/domain/run-config";
import { isSettled } from "@/lib/domain/run-state";
import type { Context } from "@/lib/server/context";
import { createRun } from "@/lib/server/runs/create-run";
import { forecastRun } from "@/lib/server/runs/forecast-run";
import { getRun } from "@/lib/server/runs/get-run";
import { poll } from "./poll";
import { progressLine } from "./progress-line";
import { outcomeLines, progressText } from "./run-report";
import { withStudio } from "./with-studio";

export function addRunCommand(program: Command): void {
  program
    .command("run")
    .description("Launch a pipeline run from a YAML or JSON file and follow it")
    .argument("<config>", "see docs/run-config.md")
    .option("--forecast", "only say what it would take, and launch nothing")
    .action(async (file: string, { forecast }: { forecast?: boolean }) => {
      const config = await readRunConfig(file);
      if (forecast) return withStudio("run", { work: false }, (context) => printForecast(context, config));
      await withStudio("run", { work: true }, async (context) => {
        for (const warning of (await forecastRun(context, config)).warnings)
          console.warn(`Warning: ${warning}`);
        await followRun(context, await createRun(context, config));
      });
    });
}

async function printForecast(context: Context, config: RunConfig): Promise<void> {
  const { anchors, edits, maxCandidates, seconds, spend, problems, warnings } = await forecastRun(
    context,
    config,
  );
  console.log(
    `${countOf(anchors, "anchor")}, ${countOf(edits, "edit")}, at most ${countOf(maxCandidates, "candidate")}.`,
  );
  console.log(
    seconds === null
      ? "Time: not measured yet with this pack."
      : `Time: about ${formatDuration(seconds)} of one worker.`,
  );
  if (spend) console.log(`Money: ${spend.measured ? "about" : "at most"} ${spend.amount.toFixed(2)}.`);
  for (const sentence of [...problems, ...warnings]) console.log(sentence);
}

async function readRunConfig(file: string): Promise<RunConfig> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new UserError("not-found", `${file} cannot be read; check the path.`, file);
  });
  let content: unknown;
  try {
    // Every JSON document is a YAML document too.
    content = parseYaml(text);
  } catch (error) {
    throw new UserError("bad-input", `${file} is neither YAML nor JSON: ${(error as Error).message}`, file);
  }
  const parsed = runConfigSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UserError(
    "bad-input",
    `${file}: ${issue?.path.join(".") || "the file"}: ${issue?.message}`,
    file,
  );
}

/** Shows a run until it ends. Throws, for a non-zero exit code, unless it succeeded. */
export async function followRun(context: Context, { id }: RunView): Promise<RunView> {
  const line = progressLine();
  const ended = await poll(
    () => getRun(context, id),
    // A run that waits for a service goes on by itself.
    ({ state, resumeAt }) => isSettled(state) || (state === "paused" && resumeAt === null),
    (run) => line.show(progressText(run)),
  );
  line.end();
  if (ended.message) console.log(ended.message);
  for (const sentence of outcomeLines(ended)) console.log(sentence);
  if (ended.state !== "succeeded") throw new UserError("unavailable", `The run ended as ${ended.state}.`);
  return ended;
}
