import { UserError } from "@/lib/domain/errors";
import type { DrawOutcome } from "@/lib/domain/sampling/draw-outcome";
import { type DrawRecord, drawRecordSchema } from "@/lib/domain/sampling/draw-plan";
import type { SettingChoices } from "@/lib/domain/sampling/draw-settings";
import { type Lessons, lessonOf } from "@/lib/domain/sampling/lessons";
import type { InferenceEngine } from "@/lib/inference/types";
import { type AnyPair, isFromEndpoint } from "@/lib/stages/any-pair";
import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { judgeBatch } from "../judge/judge-batch";
import { commitBatch } from "./commit-batch";
import type { DrawSource } from "./draw-source";
import { stageOf, type WorkRow } from "./edit-work";
import { finishEdit } from "./finish-edit";
import { lockWork } from "./lock-stages";
import { earlierOutcomes, outcomeOf, type Progress, planEdit } from "./plan-draws";
import { stopForMoney } from "./run-limits";
import type { RunnableRun } from "./runnable-run";

/**
 * Draws candidates of one edit, batch by batch, until the plan says to stop. Each batch is committed by itself; an edit
 * that was begun before goes on where it stopped, so nothing is held in memory and nothing is drawn twice.
 * @param goOn asked before each batch: whether the run still runs
 */
export async function drawEdit(
  studio: Studio,
  run: RunnableRun,
  edit: WorkRow,
  {
    engine,
    source,
    goOn,
    signal,
  }: { engine: InferenceEngine; source: DrawSource; goOn(): Promise<boolean>; signal: AbortSignal },
): Promise<void> {
  const { choices } = source;
  let at: Progress = {
    drawn: edit.drawn,
    passed: edit.passed,
    outcomes: await earlierOutcomes(studio.db, run, edit, choices),
    record: edit.plan ? drawRecordSchema.parse(edit.plan) : null,
  };
  let made = edit.drawn;
  let plan = await planEdit(studio.db, run, edit, choices, at);
  for (;;) {
    const { record, decision } = plan;
    if ("stop" in decision) {
      return endEdit(studio, run, edit, { ...record, stopped: decision.stop }, lesson(choices, at));
    }
    if (!(await goOn())) return;
    const started = performance.now();
    const { targetsPerSource } = run.config[stageOf(edit)];
    const asked = Array.from({ length: decision.draw }, (_, i) => {
      const index = at.drawn + i;
      return { index, chosen: record.settings[Math.floor(index / targetsPerSource)] };
    });
    const batch = await source.draw(engine, asked);
    if (batch.made === 0) return stopForMoney(studio, run);
    const pairs = batch.pairs.map(({ pair }) => pair);
    await judgeBatch(studio, run, edit, pairs, signal);
    // Every draw of an edit whose texts the models refuse would fail alike.
    const hopeless = batch.pairs.length === 0;
    if (hopeless && made === 0) {
      throw new UserError(
        "bad-input",
        `No image could be made: ${batch.failed[0] ?? "no candidates were drawn"}`,
      );
    }
    const after: Progress = {
      drawn: at.drawn + batch.made,
      passed: at.passed + source.passed(pairs),
      outcomes: [...at.outcomes, ...outcomesOf(run, edit, choices, pairs)],
      record: { ...record, batches: [...record.batches, batch.made] },
    };
    const next = await planEdit(studio.db, run, edit, choices, after);
    const stopped = hopeless ? "failed" : "stop" in next.decision ? next.decision.stop : null;
    const mine = await commitBatch(studio, run, edit, {
      from: at.drawn,
      count: batch.made,
      pairs: batch.pairs,
      guides: batch.guides,
      plan: { ...after.record!, stopped },
      last: stopped !== null,
      lesson: lesson(choices, after),
      elapsedMs: performance.now() - started,
    });
    if (!mine || stopped) return;
    at = after;
    plan = next;
    made += batch.pairs.length;
  }
}

function outcomesOf(
  run: RunnableRun,
  edit: WorkRow,
  choices: SettingChoices | null,
  pairs: readonly AnyPair[],
): DrawOutcome[] {
  if (!choices) return [];
  return pairs.flatMap((pair) =>
    isFromEndpoint(pair) ? [] : [outcomeOf(run, edit, choices, pair.inputs, pair.scores)],
  );
}

/** What the edit's draws teach about settings. */
function lesson(choices: SettingChoices | null, { outcomes }: Progress): Lessons | null {
  return choices && outcomes.length > 0 ? lessonOf(choices, outcomes) : null;
}

/** Ends an edit that needs no further batch. */
async function endEdit(
  studio: Studio,
  run: RunnableRun,
  edit: WorkRow,
  plan: DrawRecord,
  taught: Lessons | null,
): Promise<void> {
  await inTransaction(studio.db, async (tx) => {
    if (!(await lockWork(tx, run.id))) return;
    await tx.edit.updateMany({ where: { id: edit.id, state: "pending" }, data: { plan } });
    await finishEdit(tx, studio.queue, run, edit, taught);
    await notify(tx, { topic: "runs", id: run.id });
  });
}
