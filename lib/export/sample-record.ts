import { scoreDefinitions } from "@/lib/domain/scores";
import type { ExportRow } from "./export-row";
import { scoreColumnName, scoreValue } from "./sample-columns";

/** Everything about a sample but its images, under the names of the Parquet columns, for JSON. */
export function sampleRecord(row: ExportRow): Record<string, unknown> {
  return {
    id: row.id,
    edit_prompt: row.editPrompt,
    source_caption: row.sourceCaption,
    target_caption: row.targetCaption,
    edit_type: row.editType,
    edit_object: row.editObject,
    ...Object.fromEntries(
      scoreDefinitions.map(({ id }) => [scoreColumnName(id), scoreValue(row.scores, id)]),
    ),
    seed: row.seed,
    steps: row.steps,
    strength: row.strength,
    guidance: row.guidance,
    cross_threshold: row.crossThreshold,
    self_threshold: row.selfThreshold,
    mask_kind: row.maskKind,
    generator: row.generator,
    model_pack: row.modelPack,
    model_pack_sha256: row.modelPackSha256,
    instruction_source: row.instructionSource,
    license: row.licence,
    attribution: row.attribution,
    source_url: row.sourceUrl,
    anchor_sha256: row.anchorSha256,
    decision: row.decision,
    reviewer: row.reviewer,
    chain_id: row.chainId,
    turn_index: row.turnIndex,
    recipe: JSON.stringify(row.recipe),
  };
}
