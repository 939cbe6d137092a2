import { type Context, requireAbility } from "../context";
import { readCounters } from "../counters";

export async function countSamples(context: Context) {
  requireAbility(context, "read");
  const counts = await readCounters(context.studio.db, context.caller.projectId);
  return {
    pending: counts["samples.pending"],
    approved: counts["samples.approved"],
    rejected: counts["samples.rejected"],
  };
}
