import type { PackManifest } from "./manifest";

/** What the manifest promises of one graph. `inputs` and `outputs` are names; optional outputs are not listed. */
export interface GraphSignature {
  readonly file: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The signatures of all graphs of a pack (see manifest.ts). */
export function graphSignatures(manifest: PackManifest): GraphSignature[] {
  const { generator, clip, selfSupervised, tagger, detector, segmenter, safety } = manifest;
  const signatures: GraphSignature[] = [];
  const add = (file: string, inputs: readonly string[], outputs: readonly string[]) =>
    signatures.push({ file, inputs, outputs });
  if (generator) {
    const { unet, vae } = generator;
    const plain = [
      ...["sample", "timestep", "encoder_hidden_states"],
      ...(unet.conditioning === "sdxl" ? ["text_embeds", "time_ids"] : []),
    ];
    const control = ["source_row", "cross_map", "cross_alpha", "cross_scale", "self_gate"];
    for (const encoder of generator.textEncoders) {
      add(encoder.file, ["input_ids"], encoder.pooled ? ["hidden_states", "pooled"] : ["hidden_states"]);
    }
    add(unet.plain, plain, ["out_sample"]);
    add(
      unet.controlled,
      [...plain, ...control],
      ["out_sample", ...(unet.crossMapsResolution ? ["cross_maps"] : [])],
    );
    add(vae.encoder, ["pixels"], ["mean"]);
    add(vae.decoder, ["latents"], ["pixels"]);
  }
  if (clip) {
    add(clip.image, ["pixel_values"], ["image_embeds"]);
    add(clip.text, ["input_ids"], ["text_embeds"]);
  }
  if (selfSupervised) add(selfSupervised.file, ["pixel_values"], ["embedding"]);
  if (tagger) add(tagger.file, ["pixel_values"], ["logits"]);
  if (safety) add(safety.file, ["pixel_values"], ["logits"]);
  if (detector) add(detector.file, ["pixel_values", "input_ids", "attention_mask"], ["logits", "pred_boxes"]);
  if (segmenter) {
    add(segmenter.encoder, ["pixel_values"], ["image_embeddings"]);
    const prompts = ["input_points", "input_labels", "mask_input", "has_mask_input"];
    add(segmenter.decoder, ["image_embeddings", ...prompts], ["iou_scores", "pred_masks"]);
  }
  return signatures;
}
