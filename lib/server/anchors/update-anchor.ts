import { captionRules, firstError, inspectText } from "@/lib/domain/captions";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { getAnchor } from "./get-anchor";

/** Sets the caption of an anchor that nobody changed since `version`. */
export async function updateAnchor(
  context: Context,
  input: { id: string; version: number; caption: string },
) {
  requireAbility(context, "annotate");
  const before = await getAnchor(context, input.id);
  const { text, problems } = inspectText(input.caption, captionRules);
  const error = firstError(problems);
  if (error) throw new UserError("bad-input", error.message, "caption");
  await inTransaction(context.studio.db, async (tx) => {
    const { count } = await tx.anchor.updateMany({
      where: { id: input.id, version: input.version },
      data: { caption: text, version: { increment: 1 } },
    });
    if (count === 0) {
      throw new UserError(
        "conflict",
        "Somebody changed this anchor meanwhile; reload it and try again.",
        "version",
      );
    }
    if (before.caption === "") await addToCounters(tx, context.caller.projectId, { captioned: 1 });
    await notify(tx, { topic: "anchors", id: input.id });
  });
  return getAnchor(context, input.id);
}
