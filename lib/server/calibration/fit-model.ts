import { fewestOfEachAnswer, fitAcceptance } from "@/lib/domain/calibration/acceptance-model";
import { UserError } from "@/lib/domain/errors";
import { scoreDefinitions } from "@/lib/domain/scores";
import { type Context, requireAbility, type Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { loadDecided, weighDecided } from "./load-decided";

/** Asks a worker for a model; refuses at once where there are too few decisions. */
export async function fitModel(context: Context): Promise<{ decisions: number }> {
  requireAbility(context, "curate");
  const { studio, caller } = context;
  const rows = await loadDecided(studio.db, caller.projectId);
  const approved = rows.filter((row) => row.approved).length;
  if (Math.min(approved, rows.length - approved) < fewestOfEachAnswer) {
    throw new UserError(
      "bad-input",
      `A model needs ${fewestOfEachAnswer} samples that people approved and ${fewestOfEachAnswer} that they rejected; there are ${approved} and ${rows.length - approved}. Review some more first.`,
    );
  }
  await inTransaction(studio.db, (tx) =>
    studio.queue.send(tx, "fit-model", { projectId: caller.projectId, memberId: caller.memberId }),
  );
  return { decisions: rows.length };
}

/** Fits a model on people's decisions and stores it. What the worker does. */
export async function performFit(
  { db }: Studio,
  { projectId, memberId }: { projectId: string; memberId: string },
): Promise<string> {
  const rows = await loadDecided(db, projectId);
  const { weights } = await weighDecided(db, projectId, rows);
  const outcome = fitAcceptance(
    rows.map(({ scores, approved, anchorId }, index) => ({
      scores,
      approved,
      group: anchorId,
      weight: weights[index]!,
    })),
    scoreDefinitions.map(({ id }) => id),
  );
  if (!outcome.ok) throw new UserError("bad-input", outcome.problem);
  return inTransaction(db, async (tx) => {
    const { id } = await tx.acceptanceModel.create({
      data: { projectId, createdById: memberId, fit: outcome.fit, decisions: rows.length },
    });
    await notify(tx, { topic: "samples" });
    return id;
  });
}
