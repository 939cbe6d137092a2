import type { RunConfig } from "@/lib/domain/run-config";
import { type Context, requireAbility } from "../context";
import { listPacks } from "../project/list-packs";
import { listProviders } from "../project/list-providers";
import { anchorFilter } from "./anchor-filter";

/** What a configuration would cost, from the rates that the project's runs with the same pack have measured. */
export async function forecastRun(context: Context, config: RunConfig) {
  requireAbility(context, "read");
  const { db } = context.studio;
  const { projectId } = context.caller;
  const found = await db.anchor.count({ where: anchorFilter(projectId, config), take: config.anchors.limit });
  const edits = found * config.instructions.editsPerAnchor;
  const maxCandidates = config.freeForm.enabled ? edits * config.freeForm.maxCandidates : 0;
  return {
    anchors: found,
    edits,
    maxCandidates,
    seconds: await measuredSeconds(context, config, found, edits),
    problems: await findProblems(context, config, found),
  };
}

async function findProblems(context: Context, config: RunConfig, anchors: number): Promise<string[]> {
  const problems: string[] = [];
  if (anchors === 0) problems.push("No captioned anchor fits; import images with captions first.");
  if (config.freeForm.enabled) {
    const pack = (await listPacks(context)).find(({ name }) => name === config.freeForm.pack);
    if (!pack) problems.push(`There is no model pack named “${config.freeForm.pack}” under models/.`);
    else if (pack.problem) problems.push(pack.problem);
  }
  const provider = (await listProviders(context)).find(({ id }) => id === config.instructions.provider);
  if (provider?.hint && !provider.available) problems.push(provider.hint);
  return problems;
}

async function measuredSeconds(context: Context, config: RunConfig, anchors: number, edits: number) {
  const stages = await context.studio.db.runStage.findMany({
    where: {
      run: {
        projectId: context.caller.projectId,
        config: { path: ["freeForm", "pack"], equals: config.freeForm.pack },
      },
    },
    orderBy: { updatedAt: "desc" },
    take: 20,
  });
  const secondsPerUnit = (stage: string) => {
    const rows = stages.filter((row) => row.stage === stage);
    const units = rows.reduce((sum, row) => sum + row.done + row.failed, 0);
    return units > 0 ? rows.reduce((sum, row) => sum + Number(row.busyMs), 0) / 1000 / units : null;
  };
  const perAnchor = secondsPerUnit("instructions");
  const perEdit = secondsPerUnit("freeForm");
  if (perAnchor === null || (config.freeForm.enabled && perEdit === null)) return null;
  return anchors * perAnchor + (config.freeForm.enabled ? edits * (perEdit ?? 0) : 0);
}
