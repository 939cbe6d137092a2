import {
  cellCount,
  cellEdges,
  type Draw,
  drawWeights,
  type Population,
} from "@/lib/domain/calibration/draw-weights";
import { Prisma, type Transaction } from "../database/client";
import { scoresOf } from "../samples/scores-of";

/** A sample that people decided on, with the scores they decided beside. */
export interface DecidedRow {
  id: string;
  approved: boolean;
  editType: string;
  anchorId: string;
  scores: Record<string, number>;
  draw: Draw;
}

/** More are not read: the newest samples are. More change a share by less than half a percent, and take long. */
export const mostDecided = 20_000;

const cell = Prisma.sql`coalesce(width_bucket(s.uncertainty::float8, ${[...cellEdges]}::float8[]), ${cellCount - 1})`;

/**
 * The newest samples on whose state people decided one by one. Left out: samples that are pending, that only a policy or an action on
 * many decided, and those whose scores are older than their text or mask.
 */
export async function loadDecided(
  tx: Transaction,
  projectId: string,
  limit = mostDecided,
): Promise<DecidedRow[]> {
  const rows = await tx.$queryRaw<
    {
      id: string;
      state: string;
      editType: string;
      runId: string;
      anchorId: string;
      scores: unknown;
      audit: boolean;
      probability: number | null;
      cell: number;
    }[]
  >`
    SELECT s.id, s.state::text, s.edit_type AS "editType", s.run_id AS "runId", e.anchor_id AS "anchorId", c.scores,
      d.purpose = 'audit' AS audit, d.probability, ${cell} AS cell
    FROM samples s
    JOIN candidates c ON c.id = s.candidate_id
    JOIN edits e ON e.id = c.edit_id
    JOIN LATERAL (
      SELECT d.purpose, a.probability FROM decisions d LEFT JOIN assignments a ON a.id = d.assignment_id
      WHERE d.sample_id = s.id AND ${standingOfPeople}
      ORDER BY d.purpose = 'audit' DESC, d.id DESC LIMIT 1
    ) d ON true
    WHERE s.project_id = ${projectId}::uuid AND s.state IN ('approved', 'rejected') AND NOT s.withdrawn
      AND s.scored_text_revision = s.text_revision AND s.scored_mask_revision = s.mask_revision
    ORDER BY s.id DESC LIMIT ${limit}`;
  return rows.map(({ id, state, editType, runId, anchorId, scores, audit, probability, cell }) => ({
    id,
    approved: state === "approved",
    editType,
    anchorId,
    scores: scoresOf(scores),
    draw: { audit, probability, cell, editType, runId },
  }));
}

/** Conditions on a decision `d`: a person's own approval or rejection that nobody took back. */
export const standingOfPeople = Prisma.sql`d.actor_id IS NOT NULL AND d.bulk_id IS NULL AND d.kind <> 'undo'
  AND d.purpose <> 'gold' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = d.id)`;

/** For how many samples each decided one stands, from how it was drawn. */
export async function weighDecided(tx: Transaction, projectId: string, rows: readonly DecidedRow[]) {
  const population = await tx.$queryRaw<Population[]>`
    SELECT ${cell} AS cell, s.edit_type AS "editType", s.run_id AS "runId", count(*)::int AS samples FROM samples s
    WHERE s.project_id = ${projectId}::uuid AND NOT s.withdrawn AND (s.route IS NULL OR s.route = 'people')
    GROUP BY 1, 2, 3`;
  return drawWeights(
    rows.map(({ draw }) => draw),
    population,
  );
}
