import type { SampleView } from "@/lib/api/contract/samples";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { loadSamples, shownSample } from "./load-samples";

export async function getSample(context: Context, id: string): Promise<SampleView> {
  requireAbility(context, "read");
  const sample = (await loadSamples(context.studio.db, context.caller.projectId, [id])).get(id);
  if (!sample)
    throw new UserError("not-found", "There is no such sample, or its anchor was withdrawn.", "id");
  return shownSample(sample);
}
