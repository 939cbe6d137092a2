import { countOf } from "@/lib/domain/counts";
import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import type { RunnableRun } from "./runnable-run";
import { formatMicros } from "./spending";

/** Whether the run has spent what it may; it is then paused with a message that says so. */
export async function reachedLimit({ db }: Studio, run: RunnableRun): Promise<boolean> {
  const { maxCandidates, maxMinutes, maxSpend } = run.config.limits;
  if (!maxCandidates && !maxMinutes && !maxSpend) return false;
  const stages = await db.runStage.findMany({ where: { runId: run.id } });
  const candidates = stages
    .filter(({ stage }) => stage !== "instructions")
    .reduce((sum, { produced }) => sum + produced, 0);
  const minutes = stages.reduce((sum, stage) => sum + Number(stage.busyMs), 0) / 60_000;
  const message =
    maxCandidates && candidates >= maxCandidates
      ? `Stopped at its limit of ${countOf(maxCandidates, "candidate")}.`
      : maxMinutes && minutes >= maxMinutes
        ? `Stopped at its limit of ${maxMinutes} minutes of work.`
        : maxSpend && !affords(run, stages)
          ? spentMessage(run, stages)
          : null;
  if (!message) return false;
  await pauseWith(db, run, message);
  return true;
}

/** Pauses a run whose money does not reach for another request. */
export async function stopForMoney({ db }: Studio, run: RunnableRun): Promise<void> {
  const stages = await db.runStage.findMany({ where: { runId: run.id } });
  await pauseWith(db, run, spentMessage(run, stages));
}

type Spent = readonly { spentMicros: bigint }[];
const spentMicros = (stages: Spent) => stages.reduce((sum, stage) => sum + Number(stage.spentMicros), 0);

/** Whether the cap allows one more request, as `runPurse` reckons. */
function affords({ config }: RunnableRun, stages: Spent): boolean {
  const { generator } = config.freeForm;
  const perRequest = generator.kind === "images-endpoint" ? generator.price.perRequest : 0;
  const cap = 1e6 * (config.limits.maxSpend ?? Number.POSITIVE_INFINITY);
  return spentMicros(stages) + Math.max(1, Math.round(1e6 * perRequest)) <= cap;
}

function spentMessage({ config }: RunnableRun, stages: Spent): string {
  const cap = formatMicros(1e6 * (config.limits.maxSpend ?? 0));
  return `Stopped at its spending limit: ${formatMicros(spentMicros(stages))} of ${cap} spent.`;
}

async function pauseWith(db: Studio["db"], run: RunnableRun, message: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.run.updateMany({
      where: { id: run.id, state: "running" },
      data: { state: "paused", message, version: { increment: 1 } },
    });
    await notify(tx, { topic: "runs", id: run.id });
  });
}
