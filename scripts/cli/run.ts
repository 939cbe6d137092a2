import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { parse as parseYaml } from "yaml";
import type { RunView } from "@/lib/api/contract/runs";
import { formatDuration } from "@/lib/domain/duration";
import { editTypeInfo } from "@/lib/domain/edit-types";
import { UserError } from "@/lib/domain/errors";
import { type RunConfig, runConfigSchema } from "@/lib/domain/run-config";
import { isSettled } from "@/lib/domain/run-state";
import type { Context } from "@/lib/server/context";
import { createRun } from "@/lib/server/runs/create-run";
import { forecastRun } from "@/lib/server/runs/forecast-run";
import { getRun } from "@/lib/server/runs/get-run";
import { poll } from "./poll";
import { bar, progressLine } from "./progress-line";
import { withStudio } from "./with-studio";

export function addRunCommand(program: Command): void {
  program
    .command("run")
    .description("Launch a pipeline run from a YAML or JSON file and follow it")
    .argument("<config>", "see docs/run-config.md")
    .action(async (file: string) => {
      const config = await readRunConfig(file);
      await withStudio("run", { work: true }, async (context) => {
        for (const warning of (await forecastRun(context, config)).warnings)
          console.warn(`Warning: ${warning}`);
        await followRun(context, await createRun(context, config));
      });
    });
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
    (run) => line.show(describe(run)),
  );
  line.end();
  if (ended.message) console.log(ended.message);
  for (const sentence of outcomeLines(ended)) console.log(sentence);
  if (ended.state !== "succeeded") throw new UserError("unavailable", `The run ended as ${ended.state}.`);
  return ended;
}

/** Quotas, and edits that were left out, in a sentence each. */
function outcomeLines({ coverage, stages }: RunView): string[] {
  const quotas = coverage.map(
    ({ editType, kept, quota }) => `${editTypeInfo(editType).label.toLowerCase()} ${kept}/${quota}`,
  );
  const skipped = stages.reduce((sum, stage) => sum + stage.skipped, 0);
  return [
    ...(quotas.length > 0 ? [`Quotas: ${quotas.join(", ")}.`] : []),
    ...(skipped > 0 ? [`${skipped} edits had no region or were not wanted any more.`] : []),
  ];
}

function describe({ name, stages, state, message, coverage }: RunView): string {
  if (state === "paused" && message) return `${name} waits: ${message}`;
  const finished = stages.reduce((sum, stage) => sum + stage.done + stage.failed, 0);
  const total = stages.reduce((sum, stage) => sum + stage.total, 0);
  const current = stages.findLast((stage) => stage.total > stage.done + stage.failed) ?? stages.at(-1);
  const kept = stages
    .filter(({ stage }) => stage !== "instructions")
    .reduce((sum, stage) => sum + stage.kept, 0);
  const rate = current?.ratePerHour ? `, ${Math.round(current.ratePerHour)}/h` : "";
  const left = current?.secondsLeft ? `, ${formatDuration(current.secondsLeft)} left` : "";
  const met = coverage.filter(({ kept: have, quota }) => have >= quota).length;
  const quotas = coverage.length > 0 ? `, ${met}/${coverage.length} quotas met` : "";
  return `${name} ${bar(total ? finished / total : 0)} ${finished}/${total}, ${kept} samples${quotas}${rate}${left}`;
}
