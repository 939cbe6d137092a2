import { existsSync } from "node:fs";
import { Command } from "commander";
import { UserError } from "@/lib/domain/errors";
import { softwareVersion } from "@/lib/server/software-version";
import { addChainCommand } from "./chain";
import { addDemoCommand } from "./demo";
import { addExportCommand } from "./export";
import { addImportCommand } from "./import";
import { addMasksCommand } from "./masks";
import { addPackCommand } from "./pack";
import { addPeopleCommand } from "./people";
import { addReproduceCommand } from "./reproduce";
import { addRunCommand } from "./run";
import { addRunsCommand } from "./runs";
import { addSeedsCommand } from "./seeds";
import { addYieldCommand } from "./yield";

const program = new Command("pentimento")
  .description(
    "Builds instruction-based image-editing datasets. Works beside a running studio or without one.",
  )
  .version(softwareVersion)
  .showHelpAfterError("“pentimento --help” lists the commands, “pentimento <command> --help” their options.");

for (const add of [
  addReproduceCommand,
  addImportCommand,
  addSeedsCommand,
  addRunCommand,
  addRunsCommand,
  addChainCommand,
  addYieldCommand,
  addExportCommand,
  addMasksCommand,
  addDemoCommand,
  addPackCommand,
  addPeopleCommand,
]) {
  add(program);
}

try {
  if (existsSync(".env")) process.loadEnvFile(".env");
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
