import type { SampleView } from "@/lib/api/contract/samples";
import { runConfigSchema } from "@/lib/domain/run-config";
import type { Transaction } from "../database/client";
import { madeBy } from "../runs/present-run";
import { scoresOf } from "./scores-of";

/** A sample as the API shows it, and who it was sent back to. */
export type LoadedSample = SampleView & { returnedToId: string | null; returnedNote: string | null };

interface Row extends Omit<LoadedSample, "scores" | "madeBy" | "runName"> {
  scores: unknown;
}

interface RunFacts {
  name: string;
  madeBy: SampleView["madeBy"];
}

/**
 * The samples of a project by id, in one statement: a desk asks for them fifty times a second. Those whose anchor
 * was withdrawn are left out.
 */
export async function loadSamples(
  tx: Transaction,
  projectId: string,
  ids: readonly string[],
): Promise<Map<string, LoadedSample>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.id, s.run_id AS "runId", s.candidate_id AS "candidateId", s.edit_type AS "editType", s.state::text,
      s.instruction, s.source_caption AS "sourceCaption", s.target_caption AS "targetCaption",
      s.text_revision AS "textRevision", s.mask_revision AS "maskRevision", s.version,
      s.text_revision > s.scored_text_revision OR s.mask_revision > s.scored_mask_revision AS "scoresStale",
      s.created_at AS "createdAt", s.decided_at AS "decidedAt",
      s.returned_to_id AS "returnedToId", s.returned_note AS "returnedNote", c.scores,
      json_build_object('sha256', si.sha256, 'width', si.width, 'height', si.height) AS source,
      json_build_object('sha256', ti.sha256, 'width', ti.width, 'height', ti.height) AS target,
      CASE WHEN mi.sha256 IS NOT NULL
        THEN json_build_object('sha256', mi.sha256, 'width', mi.width, 'height', mi.height) END AS mask,
      json_build_object('id', a.id, 'origin', a.origin, 'licence', a.licence, 'image',
        json_build_object('sha256', ai.sha256, 'width', ai.width, 'height', ai.height)) AS anchor
    FROM samples s
    JOIN candidates c ON c.id = s.candidate_id
    JOIN source_renders sr ON sr.id = c.render_id
    JOIN anchors a ON a.id = sr.anchor_id
    JOIN images si ON si.sha256 = sr.image_sha
    JOIN images ti ON ti.sha256 = c.image_sha
    JOIN images ai ON ai.sha256 = a.image_sha
    -- People's mask wins over the pipeline's.
    LEFT JOIN masks m ON m.id = coalesce(s.mask_id, c.mask_id)
    LEFT JOIN images mi ON mi.sha256 = m.png_sha
    WHERE s.id = ANY(${ids}::uuid[]) AND s.project_id = ${projectId}::uuid AND NOT s.withdrawn`;
  const runs = await loadRuns(tx, [...new Set(rows.map(({ runId }) => runId))]);
  return new Map(
    rows.map((row) => {
      const run = runs.get(row.runId)!;
      return [row.id, { ...row, scores: scoresOf(row.scores), runName: run.name, madeBy: run.madeBy }];
    }),
  );
}

/** A run's name and configuration never change. */
const known = new Map<string, RunFacts>();
const most = 1000;

async function loadRuns(tx: Transaction, ids: string[]): Promise<Map<string, RunFacts>> {
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length > 0) {
    if (known.size > most) known.clear();
    const rows = await tx.run.findMany({
      where: { id: { in: missing } },
      select: { id: true, name: true, config: true },
    });
    for (const { id, name, config } of rows) {
      known.set(id, { name, madeBy: madeBy(runConfigSchema.parse(config)) });
    }
  }
  return new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id)!] as const] : [])));
}

/** Without what concerns only the person that a sample was sent back to. */
export function shownSample({ returnedToId: _to, returnedNote: _note, ...sample }: LoadedSample): SampleView {
  return sample;
}
