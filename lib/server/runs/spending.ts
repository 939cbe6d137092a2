import type { ImageStage } from "@/lib/domain/thresholds";
import type { Purse } from "@/lib/stages/endpoint-draw";
import type { Studio } from "../context";
import type { RunnableRun } from "./runnable-run";

/**
 * The money of one stage of a run. A request's expected price is put aside before it is sent, by one conditional
 * update, so that several workers together do not spend more than the cap.
 */
export function runPurse({ db }: Studio, run: RunnableRun, imageStage: ImageStage): Purse {
  const stage = imageStage === "region" ? "region" : "free-form";
  const cap = run.config.limits.maxSpend;
  const capMicros = cap === undefined ? null : Math.round(cap * 1e6);
  return {
    async reserve(micros) {
      if (capMicros === null) {
        await db.$executeRaw`
          UPDATE run_stages SET spent_micros = spent_micros + ${micros}
          WHERE run_id = ${run.id}::uuid AND stage = ${stage}::stage`;
        return true;
      }
      // A request of unknown price may still start as long as anything is left. The row's own column is read anew
      // where another worker changed it meanwhile; a sum over all rows would not be.
      const count = await db.$executeRaw`
        UPDATE run_stages SET spent_micros = spent_micros + ${micros}
        WHERE run_id = ${run.id}::uuid AND stage = ${stage}::stage
          AND spent_micros + ${Math.max(micros, 1)} + (
            SELECT coalesce(sum(spent_micros), 0) FROM run_stages
            WHERE run_id = ${run.id}::uuid AND stage <> ${stage}::stage
          ) <= ${capMicros}`;
      return count > 0;
    },
    async settle(reserved, spent) {
      if (spent === reserved) return;
      await db.$executeRaw`
        UPDATE run_stages SET spent_micros = spent_micros + ${spent - reserved}
        WHERE run_id = ${run.id}::uuid AND stage = ${stage}::stage`;
    },
  };
}

/** What a sum of money is called: the prices' currency is the user's, so it has no name here. */
export function formatMicros(micros: number): string {
  const amount = micros / 1e6;
  return amount.toFixed(amount < 1 ? 4 : 2);
}
