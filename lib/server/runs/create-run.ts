import { UserError } from "@/lib/domain/errors";
import type { RunConfig } from "@/lib/domain/run-config";
import { scoreDefinition, scoreDefinitions } from "@/lib/domain/scores";
import { mergeThresholds, scopeOf } from "@/lib/domain/thresholds";
import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { listPacks } from "../project/list-packs";
import { forecastRun } from "./forecast-run";
import { getRun } from "./get-run";
import { findOrCreatePolicy } from "./selection-policy";

/** Freezes a configuration, with the thresholds that hold for it, and launches it. */
export async function createRun(context: Context, config: RunConfig) {
  requireAbility(context, "curate");
  const { projectId, memberId } = context.caller;
  const unknown = Object.keys(config.thresholds).find((name) => !scoreDefinition(scopeOf(name).score));
  if (unknown) {
    const known = scoreDefinitions.map(({ id }) => id).join(", ");
    throw new UserError("bad-input", `“${unknown}” is no score; known are ${known}.`, "thresholds");
  }
  const { problems } = await forecastRun(context, config);
  if (problems[0]) throw new UserError("bad-input", problems.join(" "), "config");
  const pack = (await listPacks(context)).find(({ name }) => name === config.freeForm.pack);
  const thresholds = mergeThresholds(
    { freeForm: pack?.thresholds ?? {}, region: pack?.regionThresholds ?? {} },
    config.thresholds,
  );

  const run = await inTransaction(context.studio.db, async (tx) => {
    const policy = await findOrCreatePolicy(tx, projectId, config.freeForm.pack, thresholds);
    const created = await tx.run.create({
      data: {
        projectId,
        createdById: memberId,
        policyId: policy.id,
        name: config.name,
        config,
        stages: {
          create: [
            { stage: "instructions" },
            ...(config.freeForm.enabled ? [{ stage: "freeForm" as const }] : []),
            ...(config.region.enabled ? [{ stage: "region" as const }] : []),
          ],
        },
      },
    });
    await context.studio.queue.send(tx, "start-run", { runId: created.id });
    await notify(tx, { topic: "runs", id: created.id });
    return created;
  });
  return getRun(context, run.id);
}
