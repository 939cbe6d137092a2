import { rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@/lib/domain/errors";
import { mayDeleteRelease } from "@/lib/domain/release-state";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";

/**
 * Deletes a release that no dataset was written of, and what its failed exports left in the data folder. One that was
 * written stays: somebody may have trained on it, and its card names it.
 */
export async function deleteRelease(context: Context, { id }: { id: string }): Promise<void> {
  requireAbility(context, "curate");
  const { studio, caller } = context;
  const exportIds = await inTransaction(studio.db, async (tx) => {
    // Locked, so that no export of it begins meanwhile.
    const [locked] = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM releases WHERE id = ${id}::uuid AND project_id = ${caller.projectId}::uuid FOR UPDATE`;
    if (!locked) throw new UserError("not-found", "There is no such release.", "id");
    const exports = await tx.export.findMany({ where: { releaseId: id }, select: { id: true, state: true } });
    if (!mayDeleteRelease(exports.map(({ state }) => state))) {
      throw new UserError(
        "conflict",
        `A dataset was written of “${locked.name}”, or is being written; a release that may be in use stays.`,
        "id",
      );
    }
    await tx.export.deleteMany({ where: { releaseId: id } });
    await tx.release.delete({ where: { id } });
    await addToCounters(tx, caller.projectId, { releases: -1 });
    await notify(tx, { topic: "releases", id });
    return exports.map((row) => row.id);
  });
  // Folders that were named on the command line are not ours to remove.
  for (const exportId of exportIds) {
    await rm(join(studio.dataDir, "exports", exportId), { recursive: true, force: true });
  }
}
