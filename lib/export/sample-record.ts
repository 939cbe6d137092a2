import { scoreDefinitions } from "@/lib/domain/scores";
import type { ExportRow } from "./export-row";
import { scoreColumnName, scoreValue } from "./sample-columns";

/**
 * Everything about a sample but its images, for the profiles that carry it as JSON. Readers infer types from the first
 * rows and fail where a column was null there and is a number later, so no field is ever null: a text that is not
 * known is "", `seed` and `steps` are -1 where an endpoint drew the picture, and the other numbers that may be missing are
 * inside two JSON texts, `scores` and `recipe`.
 */
export function sampleRecord(row: ExportRow): Record<string, string | number> {
  return {
    id: row.id,
    edit_prompt: row.editPrompt,
    source_caption: row.sourceCaption,
    target_caption: row.targetCaption,
    edit_type: row.editType,
    edit_object: row.editObject ?? "",
    scores: JSON.stringify(measuredScores(row)),
    seed: row.seed ?? -1,
    steps: row.steps ?? -1,
    mask_kind: row.maskKind,
    generator: row.generator,
    model_pack: row.modelPack,
    model_pack_sha256: row.modelPackSha256,
    instruction_source: row.instructionSource,
    license: row.licence ?? "",
    attribution: row.attribution ?? "",
    source_url: row.sourceUrl ?? "",
    anchor_sha256: row.anchorSha256 ?? "",
    decision: row.decision,
    reviewer: row.reviewer ?? "",
    chain_id: row.chainId ?? "",
    turn_index: row.turnIndex,
    previous_id: row.previousId ?? "",
    recipe: JSON.stringify(row.recipe),
  };
}

function measuredScores({ scores }: ExportRow): Record<string, number> {
  return Object.fromEntries(
    scoreDefinitions.flatMap(({ id }) => {
      const value = scoreValue(scores, id);
      return value === null ? [] : [[scoreColumnName(id), value]];
    }),
  );
}
