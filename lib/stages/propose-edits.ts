import { deriveSeed } from "@/lib/domain/derive-seed";
import type { EditType } from "@/lib/domain/edit-types";
import type { ProposedEdit, SeedExample } from "@/lib/domain/instruction-records";
import type { RunConfig } from "@/lib/domain/run-config";
import { createEditDeduplicator } from "@/lib/instructions/deduplicator";
import type {
  InstructionProvider,
  KnownEdit,
  ProposalFailure,
} from "@/lib/instructions/instruction-provider";

export interface ProposalResult {
  /** Distinct edits of the wanted types, in the provider's order. */
  edits: ProposedEdit[];
  failures: readonly ProposalFailure[];
  /** Edits the provider gave, before repeats and unwanted types were dropped. */
  produced: number;
}

export interface ProposalRequest {
  runSeed: number;
  stage: RunConfig["instructions"];
  /** Names the anchor within the run. */
  key: string;
  /** How often the anchor was asked, this time included. */
  round?: number;
  /** Types that the run's quotas are missing; what the configuration wants if absent or empty. */
  editTypes?: readonly EditType[];
  /** Edits that the anchor has already. */
  known?: readonly KnownEdit[];
  signal?: AbortSignal;
}

/** Stage I for one caption (UltraEdit §2.1): asks the provider for edits in the manner of the seeds. */
export async function proposeEdits(
  provider: InstructionProvider,
  caption: string,
  seeds: readonly SeedExample[],
  { runSeed, stage, key, round = 1, editTypes, known = [], signal }: ProposalRequest,
): Promise<ProposalResult> {
  const types = editTypes && editTypes.length > 0 ? editTypes : stage.editTypes;
  const ofType = types ? seeds.filter((seed) => types.includes(seed.editType)) : seeds;
  const outcome = await provider.propose(caption, {
    count: stage.editsPerAnchor,
    // Seeds of other types teach the manner where the wanted ones have none.
    seeds: ofType.length > 0 ? ofType : seeds,
    ...(types && { editTypes: types }),
    known,
    rngSeed: deriveSeed("instructions", runSeed, key, ...(round > 1 ? [round] : [])),
    ...(signal && { signal }),
  });
  const distinct = createEditDeduplicator();
  for (const edit of known) distinct.add(edit);
  const edits = outcome.edits.filter(
    (edit) => (!types || types.includes(edit.editType)) && distinct.add(edit) === null,
  );
  return { edits, failures: outcome.failures, produced: outcome.edits.length };
}
