import type { DeskSample } from "@/lib/api/contract/review";
import type { Context } from "../context";
import { type LoadedSample, loadSamples } from "../samples/load-samples";

/** The samples by id, as a reviewer may see them; withdrawn ones are left out. */
export async function loadDeskSamples(
  { studio, caller }: Context,
  ids: string[],
  blind: boolean,
): Promise<Map<string, DeskSample>> {
  const samples = await loadSamples(studio.db, caller.projectId, ids);
  return new Map([...samples].map(([id, sample]) => [id, forDesk(sample, blind, caller.memberId)]));
}

/** Leaves out what others decided and, blind, what the pipeline measured and who made it. */
function forDesk(sample: LoadedSample, blind: boolean, memberId: string): DeskSample {
  const { state: _state, decidedAt: _at, candidateId: _id, returnedToId, returnedNote, ...shown } = sample;
  const { scores, runId, runName, madeBy, ...rest } = shown;
  return {
    ...rest,
    scores: blind ? null : scores,
    run: blind ? null : { id: runId, name: runName, ...madeBy },
    returnedNote: returnedToId === memberId ? returnedNote : null,
  };
}
