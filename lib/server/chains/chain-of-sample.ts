import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { presentTurn, type TurnRow, turnInclude } from "./present-turn";

/** Longest chain that is followed; a longer one would be no edit of the same picture. */
const longest = 50;

/** The turns that led to a sample, and the longest line of turns that follow it. */
export async function chainOfSample(context: Context, id: string) {
  requireAbility(context, "read");
  const { db } = context.studio;
  const sample = await db.sample.findFirst({
    where: { id, projectId: context.caller.projectId },
    include: turnInclude,
  });
  if (!sample) throw new UserError("not-found", "There is no such sample.", "id");
  const before: TurnRow[] = [];
  for (let at = sample; before.length < longest; ) {
    const { parentSampleId } = at.candidate.edit.anchor;
    const previous =
      parentSampleId && (await db.sample.findUnique({ where: { id: parentSampleId }, include: turnInclude }));
    if (!previous) break;
    before.unshift(previous);
    at = previous;
  }
  const after: TurnRow[] = [];
  for (let at = sample; after.length < longest; ) {
    const next = await db.sample.findFirst({
      where: {
        state: { not: "rejected" },
        candidate: { edit: { anchor: { parentSampleId: at.id, withdrawnAt: null } } },
      },
      orderBy: [{ state: "desc" }, { id: "asc" }],
      include: turnInclude,
    });
    if (!next) break;
    after.push(next);
    at = next;
  }
  return { before: before.map(presentTurn), after: after.map(presentTurn) };
}
