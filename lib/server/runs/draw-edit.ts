import { UserError } from "@/lib/domain/errors";
import {
  type DrawRecord,
  drawRecordSchema,
  planDraws,
  priceOf,
  priorOf,
} from "@/lib/domain/sampling/draw-plan";
import type { InferenceEngine } from "@/lib/inference/types";
import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { judgeBatch } from "../judge/judge-batch";
import { commitBatch } from "./commit-batch";
import type { DrawSource } from "./draw-source";
import { stageOf, type WorkRow } from "./edit-work";
import { finishEdit } from "./finish-edit";
import { lockWork } from "./lock-stages";
import { stopForMoney } from "./run-limits";
import { readYields } from "./run-yields";
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
  const counts = { drawn: edit.drawn, passed: edit.passed };
  let record = edit.plan ? drawRecordSchema.parse(edit.plan) : null;
  let made = edit.drawn;
  for (;;) {
    const { situation, decision } = await nextDraws(studio, run, edit, counts, record);
    record = { ...situation, batches: record?.batches ?? [], stopped: null };
    if ("stop" in decision) return endEdit(studio, run, edit, { ...record, stopped: decision.stop });
    if (!(await goOn())) return;
    const started = performance.now();
    const indices = Array.from({ length: decision.draw }, (_, i) => counts.drawn + i);
    const batch = await source.draw(engine, indices);
    if (batch.made === 0) return stopForMoney(studio, run);
    await judgeBatch(
      studio,
      run,
      edit,
      batch.pairs.map(({ pair }) => pair),
      signal,
    );
    // Every draw of an edit whose texts the models refuse would fail alike.
    const hopeless = batch.pairs.length === 0;
    if (hopeless && made === 0) {
      throw new UserError(
        "bad-input",
        `No image could be made: ${batch.failed[0] ?? "no candidates were drawn"}`,
      );
    }
    const passed = source.passed(batch.pairs.map(({ pair }) => pair));
    const after = { drawn: counts.drawn + batch.made, passed: counts.passed + passed };
    record = { ...record, batches: [...record.batches, batch.made] };
    const next = hopeless
      ? ({ stop: "failed" } as const)
      : (await nextDraws(studio, run, edit, after, record)).decision;
    const stopped = "stop" in next ? next.stop : null;
    const mine = await commitBatch(studio, run, edit, {
      from: counts.drawn,
      count: batch.made,
      pairs: batch.pairs,
      guides: batch.guides,
      plan: { ...record, stopped },
      last: stopped !== null,
      elapsedMs: performance.now() - started,
    });
    if (!mine || stopped) return;
    Object.assign(counts, after);
    made += batch.pairs.length;
  }
}

/** What the plan says next, from what the run's edits of the type have yielded by now. */
async function nextDraws(
  { db }: Studio,
  run: RunnableRun,
  edit: WorkRow,
  counts: { drawn: number; passed: number },
  record: DrawRecord | null,
) {
  const stage = stageOf(edit);
  const { sampling } = run.config;
  const { keep, maxCandidates, batch } = run.config[stage];
  const rows = (await readYields(db, run.id)).filter((row) => row.stage === stage);
  const sum = (part: "drawn" | "passed" | "kept" | "finished") =>
    rows.reduce((total, row) => total + row[part], 0);
  const type = rows.find(({ editType }) => editType === edit.editType) ?? { drawn: 0, passed: 0 };
  // The prior is what was known before the edit's own draws.
  const own = (row: { drawn: number; passed: number }) => ({
    drawn: Math.max(0, row.drawn - edit.drawn),
    passed: Math.max(0, row.passed - edit.passed),
  });
  const prior = record?.prior ?? priorOf(own(type), own({ drawn: sum("drawn"), passed: sum("passed") }));
  const price =
    sampling.mode === "adaptive"
      ? priceOf({ drawn: sum("drawn"), kept: sum("kept"), finished: sum("finished") }, sampling.giveUpBelow)
      : 0;
  const situation = { mode: sampling.mode, prior, price };
  const decision = planDraws({
    ...situation,
    edit: counts,
    wanted: keep * sampling.passesPerKept,
    maxDraws: maxCandidates,
    batch,
  });
  return { situation, decision };
}

/** Ends an edit that needs no further batch. */
async function endEdit(studio: Studio, run: RunnableRun, edit: WorkRow, plan: DrawRecord): Promise<void> {
  await inTransaction(studio.db, async (tx) => {
    if (!(await lockWork(tx, run.id))) return;
    await tx.edit.updateMany({ where: { id: edit.id, state: "pending" }, data: { plan } });
    await finishEdit(tx, studio.queue, run, edit);
    await notify(tx, { topic: "runs", id: run.id });
  });
}
