import { deriveSeed } from "@/lib/domain/derive-seed";
import type { ProposedEdit, SeedExample } from "@/lib/domain/instruction-records";
import type { RunConfig } from "@/lib/domain/run-config";
import { createEditDeduplicator } from "@/lib/instructions/deduplicator";
import type { InstructionProvider, ProposalFailure } from "@/lib/instructions/instruction-provider";

export interface ProposalResult {
  /** Distinct edits of the wanted types, in the provider's order. */
  edits: ProposedEdit[];
  failures: readonly ProposalFailure[];
  /** Edits the provider gave, before repeats and unwanted types were dropped. */
  produced: number;
}

/** Stage I for one caption (UltraEdit §2.1): asks the provider for edits in the manner of the seeds. */
export async function proposeEdits(
  provider: InstructionProvider,
  caption: string,
  seeds: readonly SeedExample[],
  {
    runSeed,
    stage,
    key,
    signal,
  }: { runSeed: number; stage: RunConfig["instructions"]; key: string; signal?: AbortSignal },
): Promise<ProposalResult> {
  const wanted = stage.editTypes ? seeds.filter((seed) => stage.editTypes?.includes(seed.editType)) : seeds;
  const outcome = await provider.propose(caption, {
    count: stage.editsPerAnchor,
    seeds: wanted,
    rngSeed: deriveSeed("instructions", runSeed, key),
    ...(signal && { signal }),
  });
  const distinct = createEditDeduplicator();
  const edits = outcome.edits.filter(
    (edit) => (!stage.editTypes || stage.editTypes.includes(edit.editType)) && distinct.add(edit) === null,
  );
  return { edits, failures: outcome.failures, produced: outcome.edits.length };
}
