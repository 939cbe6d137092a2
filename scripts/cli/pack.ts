import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { UserError } from "@/lib/domain/errors";
import { verifyPack } from "@/lib/inference/verify-pack";
import type { ExecutionProvider } from "@/lib/packs/open-pack";
import { readConfig } from "@/lib/server/config";

const marks = { ok: "ok     ", warning: "warning", error: "ERROR  " } as const;

export function addPackCommand(program: Command): void {
  program
    .command("pack")
    .description("Check model packs")
    .command("verify")
    .description("Check a pack's manifest, hashes and graphs, and run each of its roles on a smoke image")
    .argument("<pack>", "name of a folder under models/, or a path")
    .addOption(
      new Option("--provider <provider>", "where to run it")
        .choices(["cpu", "cuda", "webgpu"])
        .default("cpu"),
    )
    .action(async (pack: string, { provider }: { provider: ExecutionProvider }) => {
      const named = join(readConfig().packsDir, pack);
      const report = await verifyPack(existsSync(named) ? named : pack, provider);
      for (const { level, subject, message } of report.checks)
        console.log(`${marks[level]}  ${subject}: ${message}`);
      if (!report.ok) throw new UserError("bad-input", `${report.directory} cannot be used as it is.`, pack);
      console.log(`${report.directory} can be used.`);
    });
}
