import { type ScoreId, scoreDefinitions } from "@/lib/domain/scores";
import type { EncodedImage } from "./encode-image";
import type { Column, ImageCell } from "./parquet-column";
import type { PreparedPreference, PreparedRow } from "./prepare-row";

/** Column names of the scores: those of UltraEdit's release where it has the score, snake case elsewhere. */
const KNOWN_SCORE_COLUMNS: Partial<Record<ScoreId, string>> = {
  clipSource: "clip_sim_source",
  clipTarget: "clip_sim_target",
  clipDirection: "clip_sim_dir",
  clipImage: "clip_sim_image",
  dino: "dino_sim",
};

export function scoreColumnName(id: ScoreId): string {
  return KNOWN_SCORE_COLUMNS[id] ?? id.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A score that was not measured, or is not a number, is null: never zero. */
export function scoreValue(scores: { readonly [id in ScoreId]?: number }, id: ScoreId): number | null {
  const value = scores[id];
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function cell(id: string, part: string, image: EncodedImage): ImageCell {
  return { bytes: image.bytes, path: `${id}_${part}.${image.extension}` };
}

const scoreColumns: Column<PreparedRow>[] = scoreDefinitions.map(({ id }) => ({
  name: scoreColumnName(id),
  kind: "float64",
  value: ({ row }) => scoreValue(row.scores, id),
}));

/** Columns of the default profile. The first three are what stock InstructPix2Pix trainers look for. */
export const SAMPLE_COLUMNS: readonly Column<PreparedRow>[] = [
  { name: "input_image", kind: "image", value: ({ row, input }) => cell(row.id, "input", input) },
  { name: "edit_prompt", kind: "string", value: ({ row }) => row.editPrompt },
  { name: "edited_image", kind: "image", value: ({ row, edited }) => cell(row.id, "edited", edited) },
  { name: "mask_image", kind: "image", value: ({ row, mask }) => mask && cell(row.id, "mask", mask) },
  { name: "id", kind: "string", value: ({ row }) => row.id },
  { name: "source_caption", kind: "string", value: ({ row }) => row.sourceCaption },
  { name: "target_caption", kind: "string", value: ({ row }) => row.targetCaption },
  { name: "edit_type", kind: "string", value: ({ row }) => row.editType },
  { name: "edit_object", kind: "string", value: ({ row }) => row.editObject },
  ...scoreColumns,
  { name: "seed", kind: "int64", value: ({ row }) => row.seed },
  { name: "steps", kind: "int32", value: ({ row }) => row.steps },
  { name: "strength", kind: "float64", value: ({ row }) => row.strength },
  { name: "guidance", kind: "float64", value: ({ row }) => row.guidance },
  { name: "cross_threshold", kind: "float64", value: ({ row }) => row.crossThreshold },
  { name: "self_threshold", kind: "float64", value: ({ row }) => row.selfThreshold },
  { name: "mask_kind", kind: "string", value: ({ row }) => row.maskKind },
  { name: "generator", kind: "string", value: ({ row }) => row.generator },
  { name: "model_pack", kind: "string", value: ({ row }) => row.modelPack },
  { name: "model_pack_sha256", kind: "string", value: ({ row }) => row.modelPackSha256 },
  { name: "instruction_source", kind: "string", value: ({ row }) => row.instructionSource },
  { name: "license", kind: "string", value: ({ row }) => row.licence },
  { name: "attribution", kind: "string", value: ({ row }) => row.attribution },
  { name: "source_url", kind: "string", value: ({ row }) => row.sourceUrl },
  { name: "anchor_sha256", kind: "string", value: ({ row }) => row.anchorSha256 },
  { name: "decision", kind: "string", value: ({ row }) => row.decision },
  { name: "reviewer", kind: "string", value: ({ row }) => row.reviewer },
  { name: "chain_id", kind: "string", value: ({ row }) => row.chainId },
  { name: "turn_index", kind: "int32", value: ({ row }) => row.turnIndex },
  { name: "previous_id", kind: "string", value: ({ row }) => row.previousId },
  { name: "recipe", kind: "string", value: ({ row }) => JSON.stringify(row.recipe) },
];

/** Columns of the preference configuration: one source and instruction, a better and a worse target. */
export const PREFERENCE_COLUMNS: readonly Column<PreparedPreference>[] = [
  { name: "source_image", kind: "image", value: ({ row, input }) => cell(row.id, "input", input) },
  { name: "instruction", kind: "string", value: ({ row }) => row.editPrompt },
  { name: "chosen", kind: "image", value: ({ row, chosen }) => cell(row.id, "chosen", chosen) },
  { name: "rejected", kind: "image", value: ({ row, rejected }) => cell(row.id, "rejected", rejected) },
  { name: "id", kind: "string", value: ({ row }) => row.id },
  { name: "edit_type", kind: "string", value: ({ row }) => row.editType },
  { name: "preferred_by", kind: "string", value: ({ row }) => row.preferredBy },
  { name: "reason", kind: "string", value: ({ row }) => row.reason },
  { name: "chosen_scores", kind: "string", value: ({ row }) => JSON.stringify(row.chosenScores) },
  { name: "rejected_scores", kind: "string", value: ({ row }) => JSON.stringify(row.rejectedScores) },
  { name: "license", kind: "string", value: ({ row }) => row.licence },
  { name: "attribution", kind: "string", value: ({ row }) => row.attribution },
  { name: "source_url", kind: "string", value: ({ row }) => row.sourceUrl },
  { name: "anchor_sha256", kind: "string", value: ({ row }) => row.anchorSha256 },
];

/** Columns of UltraEdit's release, in its order; what its release lacks (type, licence, origin) comes behind them. */
export const ULTRAEDIT_COLUMNS: readonly Column<PreparedRow & { index: number }>[] = [
  ...(["clipSource", "clipTarget", "clipDirection", "clipImage", "dino", "ssim"] as const).map(
    (id): Column<PreparedRow & { index: number }> => ({
      name: id === "dino" ? "dinov2_sim" : scoreColumnName(id),
      kind: "float64",
      value: ({ row }) => scoreValue(row.scores, id),
    }),
  ),
  { name: "source_caption", kind: "string", value: ({ row }) => row.sourceCaption },
  { name: "target_caption", kind: "string", value: ({ row }) => row.targetCaption },
  { name: "idx", kind: "int64", value: ({ index }) => index },
  { name: "edit_prompt", kind: "string", value: ({ row }) => row.editPrompt },
  { name: "edit_object", kind: "string", value: ({ row }) => row.editObject },
  { name: "source_image", kind: "image", value: ({ row, input }) => cell(row.id, "input", input) },
  { name: "edited_image", kind: "image", value: ({ row, edited }) => cell(row.id, "edited", edited) },
  { name: "mask_image", kind: "image", value: ({ row, mask }) => mask && cell(row.id, "mask", mask) },
  { name: "id", kind: "string", value: ({ row }) => row.id },
  { name: "edit_type", kind: "string", value: ({ row }) => row.editType },
  { name: "license", kind: "string", value: ({ row }) => row.licence },
  { name: "attribution", kind: "string", value: ({ row }) => row.attribution },
  { name: "source_url", kind: "string", value: ({ row }) => row.sourceUrl },
  { name: "generator", kind: "string", value: ({ row }) => row.generator },
  { name: "chain_id", kind: "string", value: ({ row }) => row.chainId },
  { name: "turn_index", kind: "int32", value: ({ row }) => row.turnIndex },
  { name: "previous_id", kind: "string", value: ({ row }) => row.previousId },
];
