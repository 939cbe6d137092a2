import { planRound } from "@/lib/domain/quota-planner";
import type { RunConfig } from "@/lib/domain/run-config";
import type { ImageStage } from "@/lib/domain/thresholds";
import { type Context, requireAbility } from "../context";
import { listPacks } from "../project/list-packs";
import { listProviders } from "../project/list-providers";
import { anchorFilter } from "./anchor-filter";
import { coverageOf } from "./begin-round";
import { measured } from "./measured-rates";

/** What a configuration would cost, from the rates that the project's runs with the same pack have measured. */
export async function forecastRun(context: Context, config: RunConfig) {
  requireAbility(context, "read");
  const { db } = context.studio;
  const { projectId } = context.caller;
  const found = await db.anchor.count({ where: anchorFilter(projectId, config), take: config.anchors.limit });
  const { editsPerAnchor, rounds } = config.instructions;
  const coverage = coverageOf(config, []);
  const quotaEdits = config.quotas ? coverage.reduce((sum, { editsNeeded }) => sum + editsNeeded, 0) : null;
  // What the first round asks for; edits beyond the quota are written and not drawn.
  const asked = planRound(coverage, editsPerAnchor)?.anchors ?? 0;
  const written =
    quotaEdits === null
      ? found * editsPerAnchor
      : Math.min(found * rounds, Math.max(asked, Math.ceil(quotaEdits / editsPerAnchor))) * editsPerAnchor;
  const edits = Math.min(written, quotaEdits ?? Number.POSITIVE_INFINITY);
  const byStage = editsByStage(config, edits);
  return {
    anchors: found,
    edits: written,
    quotaEdits,
    maxCandidates:
      byStage.freeForm * config.freeForm.maxCandidates + byStage.region * config.region.maxCandidates,
    regionEdits: byStage.region,
    ...(await measured(context, config, { instructions: found, ...byStage })),
    problems: await findProblems(context, config, found),
    warnings: await findWarnings(context, config, found),
  };
}

/** Most edits that go through each stage, if every edit were of one thing. */
function editsByStage({ freeForm, region }: RunConfig, edits: number): Record<ImageStage, number> {
  const share = region.enabled ? (freeForm.enabled ? region.share : 1) : 0;
  const inRegion = Math.round(edits * share);
  return { region: inRegion, freeForm: freeForm.enabled ? edits - inRegion : 0 };
}

async function findProblems(context: Context, config: RunConfig, anchors: number): Promise<string[]> {
  const problems: string[] = [];
  if (anchors === 0) problems.push("No captioned anchor fits; import images with captions first.");
  const { images, judge } = context.studio.endpoints;
  if (config.freeForm.generator.kind === "images-endpoint" && !images) {
    problems.push("No images endpoint is set: start the studio with PENTIMENTO_IMAGES_URL.");
  }
  if (config.judge && !judge) {
    problems.push("No judge is set: start the studio with PENTIMENTO_JUDGE_URL, or run without one.");
  }
  if (config.freeForm.enabled || config.region.enabled) {
    const pack = (await listPacks(context)).find(({ name }) => name === config.freeForm.pack);
    if (!pack) problems.push(`There is no model pack named “${config.freeForm.pack}” under models/.`);
    else if (pack.problem) problems.push(pack.problem);
    else if (
      config.region.enabled &&
      !(pack.roles.includes("detector") && pack.roles.includes("segmenter"))
    ) {
      problems.push(
        `The model pack “${config.freeForm.pack}” has no detector or no segmenter, so it cannot find regions.`,
      );
    }
  }
  if (config.region.enabled && config.region.chooser === "language-model") {
    const model = (await listProviders(context)).find(({ id }) => id === "openai");
    if (model?.hint && !model.available && config.instructions.provider !== "openai") {
      problems.push(model.hint);
    }
  }
  const provider = (await listProviders(context)).find(({ id }) => id === config.instructions.provider);
  if (provider?.hint && !provider.available) problems.push(provider.hint);
  return problems;
}

async function findWarnings(context: Context, config: RunConfig, anchors: number): Promise<string[]> {
  const { freeForm, region } = config;
  const drawsByPack = (freeForm.enabled || region.enabled) && freeForm.generator.kind === "pack";
  if (!drawsByPack || anchors === 0) return [];
  const pack = (await listPacks(context)).find(({ name }) => name === freeForm.pack);
  if (!pack?.narrow) return [];
  const { db } = context.studio;
  const where = anchorFilter(context.caller.projectId, config);
  const photographs = await db.anchor.count({ where: { AND: [where, { origin: "photo" }] }, take: anchors });
  if (photographs === 0) return [];
  return [
    `The anchors include ${photographs} imported ${photographs === 1 ? "image" : "images"}. The model pack “${pack.name}” edits Storybook scenes and no photographs: what it makes of them is useless, even where it passes. Choose the Storybook scenes, or another pack.`,
  ];
}
