import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { loadCurated } from "./load-curated";

/** The little that is shown of a sample under the pointer. */
export async function sampleCard(context: Context, { id }: { id: string }) {
  requireAbility(context, "read");
  const [sample] = await loadCurated(context, [id]);
  if (!sample)
    throw new UserError("not-found", "There is no such sample, or its anchor was withdrawn.", "id");
  return { id, target: sample.target, instruction: sample.instruction };
}
