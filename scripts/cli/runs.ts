import type { Command } from "commander";
import { controlRun } from "@/lib/server/runs/control-run";
import { getRun } from "@/lib/server/runs/get-run";
import { listRunProblems } from "@/lib/server/runs/list-run-problems";
import { listRuns } from "@/lib/server/runs/list-runs";
import { rowId } from "./row-id";
import { followRun } from "./run";
import { printRun, runLine } from "./run-report";
import { wholeNumber } from "./whole-number";
import { withStudio } from "./with-studio";

const controls = {
  pause: "Stop between two batches; “resume” goes on where it was",
  resume: "Go on with a paused run",
  cancel: "End a run for good; what it has made stays",
  retry: "Do again only what failed",
} as const;

export function addRunsCommand(program: Command): void {
  const runs = program.command("runs").description("List, show and control runs");
  runs
    .command("list")
    .description("Runs, newest first")
    .option("--limit <count>", "at most so many", wholeNumber(1, 200), 20)
    .action(({ limit }: { limit: number }) =>
      withStudio("runs list", { work: false }, async (context) => {
        const { items } = await listRuns(context, { limit });
        if (items.length === 0) console.log("There are no runs yet.");
        for (const run of items) console.log(runLine(run));
      }),
    );
  runs
    .command("show")
    .description("A run's stages with their rates, what each edit type has yielded, and quotas")
    .argument("<run>", "id of the run", rowId("run"))
    .option("--json", "print everything as JSON, with the frozen configuration")
    .action((id: string, { json }: { json?: boolean }) =>
      withStudio("runs show", { work: false }, async (context) => {
        const run = await getRun(context, id);
        if (json) console.log(JSON.stringify(run, null, 2));
        else printRun(run);
      }),
    );
  runs
    .command("problems")
    .description("Anchors and edits that failed or were left out, with the reason")
    .argument("<run>", "id of the run", rowId("run"))
    .option("--limit <count>", "at most so many of each", wholeNumber(1, 100_000), 50)
    .action((id: string, { limit }: { limit: number }) =>
      withStudio("runs problems", { work: false }, async (context) => {
        const { items, more } = await listRunProblems(context, { id, limit });
        if (items.length === 0) console.log("Nothing failed, and nothing was left out.");
        for (const { state, subject, reason } of items) console.log(`${state}  ${subject}: ${reason}`);
        if (more) console.log("There are more; see --limit.");
      }),
    );
  for (const event of ["pause", "resume", "cancel", "retry"] as const) {
    const command = runs
      .command(event)
      .description(controls[event])
      .argument("<run>", "id of the run", rowId("run"));
    const goesOn = event === "resume" || event === "retry";
    if (goesOn) command.option("--follow", "wait until it ends; works on it where no other worker does");
    command.action((id: string, { follow = false }: { follow?: boolean }) =>
      withStudio(`runs ${event}`, { work: follow }, async (context) => {
        const run = await controlRun(context, { id, event });
        console.log(`${run.name} is ${run.state}.`);
        if (follow) await followRun(context, run);
      }),
    );
  }
}
