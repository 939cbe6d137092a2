import type { AcceptanceModelView, CalibrationOverview } from "@/lib/api/contract/calibration";
import { acceptanceFitSchema, acceptanceOf } from "@/lib/domain/calibration/acceptance-model";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { readCounters } from "../counters";
import { loadSettings } from "../review/review-settings";
import { scoresOf } from "../samples/scores-of";
import { mostDecided, standingOfPeople } from "./load-decided";
import { loadReviewTime, presentPolicies } from "./present-policies";

export async function calibrationOverview(context: Context): Promise<CalibrationOverview> {
  requireAbility(context, "read");
  const { studio, caller } = context;
  const { projectId } = caller;
  const counters = await readCounters(studio.db, projectId);
  const [decided] = await studio.db.$queryRaw<{ approved: number; rejected: number; stale: number }[]>`
    SELECT count(*) FILTER (WHERE state = 'approved' AND NOT stale)::int AS approved,
      count(*) FILTER (WHERE state = 'rejected' AND NOT stale)::int AS rejected,
      count(*) FILTER (WHERE stale)::int AS stale
    FROM (
      SELECT s.state,
        s.scored_text_revision <> s.text_revision OR s.scored_mask_revision <> s.mask_revision AS stale
      FROM samples s
      WHERE s.project_id = ${projectId}::uuid AND s.state IN ('approved', 'rejected') AND NOT s.withdrawn
        AND EXISTS (SELECT 1 FROM decisions d WHERE d.sample_id = s.id AND ${standingOfPeople})
      ORDER BY s.id DESC LIMIT ${mostDecided}
    ) newest`;
  const models = await studio.db.acceptanceModel.findMany({
    where: { projectId },
    orderBy: { id: "desc" },
    take: 5,
    include: { createdBy: true },
  });
  const { reviewersPerSample } = await loadSettings(studio.db, projectId);
  return {
    candidates: counters.candidates,
    decided: { ...decided!, limit: mostDecided },
    pending: counters["samples.pending"],
    reviewersPerSample,
    time: await loadReviewTime(studio.db, projectId),
    models: models.map(
      ({ id, createdAt, createdBy, fit }): AcceptanceModelView => ({
        id,
        createdAt,
        createdBy: createdBy?.name ?? null,
        fit: acceptanceFitSchema.parse(fit),
      }),
    ),
    policies: await presentPolicies(context),
  };
}

/** Pending samples that are looked at for a forecast. */
const forecastSize = 5000;

/** How many of the pending samples a model would decide on, counted on a random part of them. */
export async function forecastPolicy(
  context: Context,
  input: { modelId: string; acceptAt: number | null; rejectAt: number | null },
) {
  requireAbility(context, "read");
  const { studio, caller } = context;
  const model = await studio.db.acceptanceModel.findFirst({
    where: { id: input.modelId, projectId: caller.projectId },
  });
  if (!model) throw new UserError("not-found", "There is no such acceptance model.", "modelId");
  const fit = acceptanceFitSchema.parse(model.fit);
  // The queue's own random order: its index makes a random part cheap.
  const rows = await studio.db.$queryRaw<{ scores: unknown }[]>`
    SELECT c.scores FROM review_tickets t
    JOIN samples s ON s.id = t.sample_id JOIN candidates c ON c.id = s.candidate_id
    WHERE t.project_id = ${caller.projectId}::uuid AND t.purpose = 'review'
    ORDER BY t.shuffle LIMIT ${forecastSize}`;
  const chances = rows.map(({ scores }) => acceptanceOf(fit, scoresOf(scores)));
  const pending = (await readCounters(studio.db, caller.projectId))["samples.pending"];
  const scaled = (count: number) => (rows.length === 0 ? 0 : Math.round((count / rows.length) * pending));
  const { acceptAt, rejectAt } = input;
  return {
    pending,
    accept: scaled(acceptAt === null ? 0 : chances.filter((p) => p >= acceptAt).length),
    reject: scaled(rejectAt === null ? 0 : chances.filter((p) => p <= rejectAt).length),
    sampled: rows.length,
  };
}
