import type { JudgementView } from "@/lib/api/contract/judgements";
import { UserError } from "@/lib/domain/errors";
import { readReason } from "@/lib/generators/judge-pair";
import { type Context, requireAbility } from "../context";
import type { Prisma } from "../database/client";
import { scoresOf } from "../samples/scores-of";

type Row = Prisma.JudgementGetPayload<object>;

/** What a judge said of a sample; nothing to somebody who is reviewing it blind. */
export async function judgementsOfSample(context: Context, id: string): Promise<JudgementView[]> {
  requireAbility(context, "read");
  const { projectId, memberId } = context.caller;
  const sample = await context.studio.db.sample.findFirst({
    where: { id, projectId, withdrawn: false },
    select: {
      candidate: { select: { judgements: { orderBy: { id: "desc" } } } },
      assignments: { where: { reviewerId: memberId, state: "held", blind: true }, select: { id: true } },
    },
  });
  if (!sample)
    throw new UserError("not-found", "There is no such sample, or its anchor was withdrawn.", "id");
  return sample.assignments.length > 0 ? [] : sample.candidate.judgements.map(present);
}

/** What a judge said of a candidate, kept or not. */
export async function judgementsOfCandidate(context: Context, id: string): Promise<JudgementView[]> {
  requireAbility(context, "read");
  const candidate = await context.studio.db.candidate.findFirst({
    where: { id, run: { projectId: context.caller.projectId }, render: { anchor: { withdrawnAt: null } } },
    select: { judgements: { orderBy: { id: "desc" } } },
  });
  if (!candidate)
    throw new UserError("not-found", "There is no such candidate, or its anchor was withdrawn.", "id");
  return candidate.judgements.map(present);
}

function present(row: Row): JudgementView {
  const { id, model, rubric, rubricHash, instruction, problem, raw, createdAt } = row;
  return {
    id,
    model,
    rubric,
    rubricHash,
    instruction,
    scores: row.scores ? scoresOf(row.scores) : null,
    problem,
    reason: readReason(raw),
    raw,
    createdAt,
  };
}
