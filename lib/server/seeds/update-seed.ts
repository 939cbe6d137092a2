import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { checkSeed, type SeedText } from "./check-seed";
import { presentSeed, seedInclude } from "./present-seed";

/** Changes a seed that nobody changed since `version`. */
export async function updateSeed(context: Context, input: SeedText & { id: string; version: number }) {
  requireAbility(context, "annotate");
  const text = checkSeed(input);
  return inTransaction(context.studio.db, async (tx) => {
    const { count } = await tx.seed.updateMany({
      where: { id: input.id, projectId: context.caller.projectId, version: input.version, archivedAt: null },
      data: { ...text, version: { increment: 1 } },
    });
    if (count === 0) {
      throw new UserError(
        "conflict",
        "Somebody changed or archived this seed meanwhile; reload it.",
        "version",
      );
    }
    await notify(tx, { topic: "seeds", id: input.id });
    return presentSeed(await tx.seed.findUniqueOrThrow({ where: { id: input.id }, include: seedInclude }));
  });
}
