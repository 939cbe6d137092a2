import type { ReleaseFilter } from "@/lib/api/contract/releases";
import { type Context, requireAbility } from "../context";
import { sampleWhere } from "./release-filter";

export async function previewRelease(context: Context, filter: ReleaseFilter) {
  requireAbility(context, "read");
  return {
    count: await context.studio.db.sample.count({ where: sampleWhere(context.caller.projectId, filter) }),
  };
}
