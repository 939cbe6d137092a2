import type { Studio } from "../context";
import { recordEditFailure } from "./edit-outcome";
import { recordFailure } from "./instruct-anchors";

/*
 * A job whose attempts are used up without an answer, as when each one killed its worker. One unit of it may be to blame
 * for all: each gets a job of its own, and only what fails alone is given up.
 */

export async function giveUpEdits(
  studio: Studio,
  { runId, editIds }: { runId: string; editIds: string[] },
  message: string,
): Promise<void> {
  const [only, ...others] = editIds;
  if (only && others.length === 0) return recordEditFailure(studio, runId, only, message);
  const pending = await studio.db.edit.findMany({
    where: { id: { in: editIds }, state: "pending" },
    select: { id: true },
  });
  await studio.queue.sendAll(
    studio.db,
    "generate",
    pending.map(({ id }) => ({ runId, editIds: [id] })),
  );
}

export async function giveUpAnchors(
  studio: Studio,
  { runId, anchorIds }: { runId: string; anchorIds: string[] },
  message: string,
): Promise<void> {
  const [only, ...others] = anchorIds;
  if (only && others.length === 0) return recordFailure(studio, runId, only, message);
  const pending = await studio.db.runAnchor.findMany({
    where: { runId, anchorId: { in: anchorIds }, state: "pending", round: { gt: 0 } },
    select: { anchorId: true },
  });
  await studio.queue.sendAll(
    studio.db,
    "instruct",
    pending.map(({ anchorId }) => ({ runId, anchorIds: [anchorId] })),
  );
}
