import type { DeskSample } from "@/lib/api/contract/review";
import type { SampleView } from "@/lib/api/contract/samples";
import type { Context } from "../context";
import { presentSample, sampleInclude } from "../samples/present-sample";

/** The samples by id, as a reviewer may see them; withdrawn ones are left out. */
export async function loadDeskSamples(
  context: Context,
  ids: string[],
  blind: boolean,
): Promise<Map<string, DeskSample>> {
  if (ids.length === 0) return new Map();
  const rows = await context.studio.db.sample.findMany({
    where: { id: { in: ids }, projectId: context.caller.projectId, withdrawn: false },
    include: sampleInclude,
  });
  return new Map(
    rows.map((row) => {
      const returnedNote = row.returnedToId === context.caller.memberId ? row.returnedNote : null;
      return [row.id, forDesk(presentSample(row), blind, returnedNote)];
    }),
  );
}

/** Leaves out what others decided and, blind, what the pipeline measured and who made it. */
export function forDesk(sample: SampleView, blind: boolean, returnedNote: string | null): DeskSample {
  const {
    state: _state,
    decidedAt: _decidedAt,
    scores,
    runId,
    runName,
    madeBy,
    candidateId: _id,
    ...rest
  } = sample;
  return {
    ...rest,
    scores: blind ? null : scores,
    run: blind ? null : { id: runId, name: runName, ...madeBy },
    returnedNote,
  };
}
