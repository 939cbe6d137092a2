import type { EditView } from "@/lib/api/contract/runs";
import type { EditType } from "@/lib/domain/edit-types";
import { recipeSchema } from "@/lib/domain/recipe";
import { regionRecordSchema } from "@/lib/domain/region-record";
import { drawRecordSchema } from "@/lib/domain/sampling/draw-plan";
import { presentImage } from "../anchors/present-anchor";
import { type Context, requireAbility } from "../context";
import type { Prisma } from "../database/client";
import { toPage } from "../paging";
import { scoresOf } from "../samples/scores-of";
import { stageOf } from "./edit-work";

const masks = { orderBy: { id: "asc" }, include: { png: true } } satisfies Prisma.Edit$masksArgs;
type MaskRow = Prisma.MaskGetPayload<{ include: { png: true } }>;

const editInclude = {
  anchor: { include: { image: true } },
  masks: { where: { kind: { in: ["fine", "box", "contour", "human"] } }, ...masks },
  candidates: {
    include: {
      image: true,
      render: { include: { image: true } },
      mask: { include: { png: true } },
    },
    orderBy: [{ draw: "asc" }, { id: "asc" }],
  },
} satisfies Prisma.EditInclude;
type EditRow = Prisma.EditGetPayload<{ include: typeof editInclude }>;

function standing({ caller }: Context, runId: string): Prisma.EditWhereInput {
  return { runId, projectId: caller.projectId, anchor: { withdrawnAt: null } };
}

/** Edits of a run with their candidates, newest first; those of withdrawn anchors are left out. */
export async function listEdits(
  context: Context,
  input: { id: string; cursor?: string | undefined; limit: number },
) {
  requireAbility(context, "read");
  const rows = await context.studio.db.edit.findMany({
    where: { ...standing(context, input.id), ...(input.cursor && { id: { lt: input.cursor } }) },
    orderBy: { id: "desc" },
    take: input.limit + 1,
    include: editInclude,
  });
  return toPage(rows, input.limit, presentEdit);
}

/** Candidates that are looked at for the edits they belong to; an edit rarely has more than ten. */
const newestCandidates = 100;

/** The edits that were drawn last, the latest first. */
export async function listDrawn(context: Context, input: { id: string; limit: number }): Promise<EditView[]> {
  requireAbility(context, "read");
  const { db } = context.studio;
  const newest = await db.candidate.findMany({
    where: { runId: input.id, edit: standing(context, input.id) },
    orderBy: { id: "desc" },
    take: newestCandidates,
    select: { editId: true },
  });
  const ids = [...new Set(newest.map(({ editId }) => editId))].slice(0, input.limit);
  const rows = await db.edit.findMany({ where: { id: { in: ids } }, include: editInclude });
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)).map(presentEdit);
}

function presentEdit(row: EditRow): EditView {
  return {
    id: row.id,
    anchor: { id: row.anchorId, image: presentImage(row.anchor.image) },
    sourceCaption: row.sourceCaption,
    instruction: row.instruction,
    targetCaption: row.targetCaption,
    editType: row.editType as EditType,
    editObject: row.editObject,
    state: row.state,
    error: row.error,
    stage: stageOf(row),
    drawn: row.drawn,
    plan: row.plan ? drawRecordSchema.parse(row.plan) : null,
    region: row.region ? regionRecordSchema.parse(row.region) : null,
    masks: newestOfAKind(row.masks),
    parentId: row.parentId,
    candidates: row.candidates.map((candidate) => ({
      id: candidate.id,
      source: presentImage(candidate.render.image),
      target: presentImage(candidate.image),
      scores: scoresOf(candidate.scores),
      selected: candidate.selected,
      failures: candidate.failures,
      stage: stageOf(candidate),
      draw: candidate.draw,
      mask: candidate.mask && {
        kind: candidate.mask.kind,
        softness: softnessOf(candidate.recipe),
        png: presentImage(candidate.mask.png),
      },
      createdAt: candidate.createdAt,
    })),
  };
}

/** The pipeline's masks at the size of the images, so the drawings themselves, which have no crop, are left out. */
function newestOfAKind(rows: readonly MaskRow[]): EditView["masks"] {
  const newest = new Map(rows.filter(({ crop }) => crop !== null).map((row) => [row.kind, row]));
  return [...newest.values()].map(({ kind, png }) => ({ kind, png: presentImage(png) }));
}

function softnessOf(recipe: unknown): number | null {
  const parsed = recipeSchema.safeParse(recipe);
  return parsed.success && parsed.data.kind === "region" ? parsed.data.region.softness : null;
}
