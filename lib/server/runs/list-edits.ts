import type { EditView } from "@/lib/api/contract/runs";
import type { EditType } from "@/lib/domain/edit-types";
import { presentImage } from "../anchors/present-anchor";
import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";
import { scoresOf } from "../samples/scores-of";

/** Edits of a run with their candidates, newest first; those of withdrawn anchors are left out. */
export async function listEdits(
  context: Context,
  input: { id: string; cursor?: string | undefined; limit: number },
) {
  requireAbility(context, "read");
  const rows = await context.studio.db.edit.findMany({
    where: {
      runId: input.id,
      projectId: context.caller.projectId,
      anchor: { withdrawnAt: null },
      ...(input.cursor && { id: { lt: input.cursor } }),
    },
    orderBy: { id: "desc" },
    take: input.limit + 1,
    include: {
      anchor: { include: { image: true } },
      candidates: { include: { image: true, render: { include: { image: true } } }, orderBy: { id: "asc" } },
    },
  });
  return toPage(
    rows,
    input.limit,
    (row): EditView => ({
      id: row.id,
      anchor: { id: row.anchorId, image: presentImage(row.anchor.image) },
      sourceCaption: row.sourceCaption,
      instruction: row.instruction,
      targetCaption: row.targetCaption,
      editType: row.editType as EditType,
      editObject: row.editObject,
      state: row.state,
      error: row.error,
      candidates: row.candidates.map((candidate) => ({
        id: candidate.id,
        source: presentImage(candidate.render.image),
        target: presentImage(candidate.image),
        scores: scoresOf(candidate.scores),
        selected: candidate.selected,
        failures: candidate.failures,
        createdAt: candidate.createdAt,
      })),
    }),
  );
}
