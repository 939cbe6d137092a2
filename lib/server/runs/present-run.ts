import type { RunView, StageView, YieldView } from "@/lib/api/contract/runs";
import { runConfigSchema, thresholdsSchema } from "@/lib/domain/run-config";
import type { Prisma } from "../database/client";
import { coverageOf } from "./begin-round";

export const runInclude = {
  stages: { orderBy: { stage: "asc" } },
  yields: { orderBy: [{ stage: "asc" }, { editType: "asc" }] },
  policy: true,
} satisfies Prisma.RunInclude;
type RunRow = Prisma.RunGetPayload<{ include: typeof runInclude }>;
type StageRow = RunRow["stages"][number];

export const providerNames = {
  recombination: "Recombination of human seeds (no language model)",
  openai: "Language model",
} as const;

/** Who made the edits and the images of a run, in plain words. */
export function madeBy(config: RunView["config"]): RunView["madeBy"] {
  return {
    instructions: providerNames[config.instructions.provider],
    images:
      config.freeForm.generator.kind === "images-endpoint"
        ? `Images endpoint, model “${config.freeForm.generator.model}”`
        : `Model pack “${config.freeForm.pack}”`,
  };
}

export function presentRun(row: RunRow, samples: RunView["samples"]): RunView {
  const config = runConfigSchema.parse(row.config);
  const { id, name, state, message, version, createdAt, startedAt, finishedAt } = row;
  return {
    id,
    name,
    state,
    message,
    config,
    thresholds: thresholdsSchema.parse(row.policy.thresholds),
    stages: row.stages.map(presentStage),
    madeBy: madeBy(config),
    samples,
    yields: row.yields.map(presentYield),
    coverage: coverageOf(config, row.yields),
    resumeAt: row.resumeAt,
    version,
    createdAt,
    startedAt,
    finishedAt,
  };
}

function presentYield(row: RunRow["yields"][number]): YieldView {
  const { edits, finished, drawn, passed, kept, fruitful } = row;
  return {
    stage: row.stage === "region" ? "region" : "freeForm",
    editType: row.editType as YieldView["editType"],
    edits,
    finished,
    drawn,
    passed,
    kept,
    fruitful,
    unetRows: Number(row.unetRows),
  };
}

/** The rate counts time that workers were busy, so that a pause does not slow the forecast. */
function presentStage(stage: StageRow): StageView {
  const finished = stage.done + stage.failed;
  const busyMs = Number(stage.busyMs);
  const rate = finished > 0 && busyMs > 0 ? finished / busyMs : null;
  const left = stage.total - finished;
  return {
    stage: stage.stage,
    total: stage.total,
    done: stage.done,
    failed: stage.failed,
    produced: stage.produced,
    kept: stage.kept,
    skipped: stage.skipped,
    unetRows: Number(stage.unetRows),
    spent: Number(stage.spentMicros) / 1e6,
    ratePerHour: rate && rate * 3_600_000,
    secondsLeft: rate && left / rate / 1000,
  };
}
