import { editTypeInfo } from "@/lib/domain/edit-types";
import { planRound, quotaCoverage, type TypeCoverage } from "@/lib/domain/quota-planner";
import type { RunConfig } from "@/lib/domain/run-config";
import type { Transaction } from "../database/client";
import type { Queue } from "../queue/queue";
import { anchorsPerJob, chunks } from "./enqueue-pending";
import { readYields, type YieldRow } from "./run-yields";

type Round =
  | { readonly begun: true }
  /** `missing` says which quotas are not met although nothing is left to ask. */
  | { readonly begun: false; readonly missing: string | null };

/**
 * Asks Stage I for what a run's quotas are missing: anchors not asked before, then, up to the configured number of
 * rounds, those that still gave something new. Done where a run starts and whenever all that it knew of is done.
 */
export async function beginRound(
  tx: Transaction,
  queue: Queue,
  run: { id: string; config: RunConfig },
): Promise<Round> {
  if (!run.config.quotas) return { begun: false, missing: null };
  const coverage = coverageOf(run.config, await readYields(tx, run.id));
  const plan = planRound(coverage, run.config.instructions.editsPerAnchor);
  if (!plan) return { begun: false, missing: null };
  const anchorIds = await takeAnchors(tx, run, plan);
  if (anchorIds.length === 0) return { begun: false, missing: missingSentence(coverage) };
  await tx.runStage.update({
    where: { runId_stage: { runId: run.id, stage: "instructions" } },
    data: { total: { increment: anchorIds.length } },
  });
  const jobs = chunks(anchorIds, anchorsPerJob).map((part) => ({ runId: run.id, anchorIds: part }));
  await queue.sendAll(tx, "instruct", jobs);
  return { begun: true };
}

/** How far a run's quotas are; empty for a run without any. */
export function coverageOf(
  config: RunConfig,
  yields: readonly Pick<YieldRow, "editType" | "edits" | "finished" | "kept">[],
): TypeCoverage[] {
  const { quotas, freeForm, region } = config;
  if (!quotas) return [];
  const types = [...new Set(yields.map(({ editType }) => editType))];
  const progress = types.map((editType) => {
    const rows = yields.filter((row) => row.editType === editType);
    const sum = (part: "edits" | "finished" | "kept") => rows.reduce((total, row) => total + row[part], 0);
    return {
      editType: editType as TypeCoverage["editType"],
      edits: sum("edits"),
      finished: sum("finished"),
      kept: sum("kept"),
    };
  });
  const keep = Math.max(freeForm.enabled ? freeForm.keep : 0, region.enabled ? region.keep : 0, 1);
  return quotaCoverage(quotas, progress, keep);
}

/** Marks the next anchors as asked for these types and returns their ids. */
async function takeAnchors(
  tx: Transaction,
  { id, config }: { id: string; config: RunConfig },
  plan: { editTypes: string[]; anchors: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ anchor_id: string }[]>`
    UPDATE run_anchors SET round = round + 1, state = 'pending', error = NULL, edit_types = ${plan.editTypes}
    WHERE run_id = ${id}::uuid AND anchor_id IN (
      SELECT anchor_id FROM run_anchors
      WHERE run_id = ${id}::uuid AND round < ${config.instructions.rounds} AND NOT exhausted
        AND (round = 0 OR state = 'done')
      ORDER BY round, ordinal LIMIT ${plan.anchors}
    )
    RETURNING anchor_id, ordinal`;
  return rows.map((row) => row.anchor_id);
}

function missingSentence(coverage: readonly TypeCoverage[]): string {
  const parts = coverage
    .filter(({ quota, kept }) => kept < quota)
    .map(({ editType, quota, kept }) => `${editTypeInfo(editType).label.toLowerCase()} ${kept} of ${quota}`);
  return `Every anchor has been asked and these quotas are not met: ${parts.join(", ")}.`;
}
