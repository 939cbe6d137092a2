import type { Transaction } from "../database/client";
import { editTypeOf, type WorkRow } from "./edit-work";
import { readYields } from "./run-yields";
import type { RunnableRun } from "./runnable-run";

/** How many samples of an edit's type the run wants and has; null where it has no quota for the type. */
export async function quotaOf(
  tx: Transaction,
  run: RunnableRun,
  edit: WorkRow,
): Promise<{ wanted: number; kept: number } | null> {
  const wanted = run.config.quotas?.[editTypeOf(edit)];
  if (wanted === undefined) return null;
  const rows = await readYields(tx, run.id);
  const kept = rows
    .filter(({ editType }) => editType === edit.editType)
    .reduce((sum, row) => sum + row.kept, 0);
  return { wanted, kept };
}
