import type { CardInput } from "./card-input";

/** How to open the files, for the profile at hand. */
export function loadingSection({ profile, configs, images }: CardInput): string {
  const format = images.format === "png" ? "lossless PNG" : `JPEG, quality ${images.quality}`;
  const stored =
    profile === "instructpix2pix"
      ? "Images are JPEG, quality 95, without metadata."
      : `Images are ${format}, without metadata; masks are PNG.`;
  const preference = configs.some(({ name }) => name === "preference")
    ? '\n\n`load_dataset("<folder>", "preference")` gives pairs of a chosen and a rejected target for one source and instruction.'
    : "";
  return `## Loading\n\n${HOW[profile]}${preference}\n\n${stored}`;
}

const fence = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\``;

const JSON_NOTE =
  'A free-form edit has an all-white mask, as everything may change, and `mask_kind` "none". A text that is not known is ""; `scores` and `recipe` are JSON texts, `scores` with what was measured and nothing else. `seed` and `steps` are -1 where an endpoint drew the picture.';

const HOW: Record<CardInput["profile"], string> = {
  parquet: `${fence("python", 'from datasets import load_dataset\n\ndataset = load_dataset("<folder>")')}

Stock trainers need no column flags: \`input_image\`, \`edit_prompt\` and \`edited_image\` are their defaults.

${fence("sh", "accelerate launch train_instruct_pix2pix.py --dataset_name <folder> --seed 1 ...")}`,
  imagefolder: `${fence("python", 'from datasets import load_dataset\n\ndataset = load_dataset("<folder>")')}

${fence("sh", "accelerate launch train_instruct_pix2pix.py --train_data_dir <folder>/train --seed 1 ...")}

${JSON_NOTE}`,
  webdataset: `${fence("python", 'from datasets import load_dataset\n\ndataset = load_dataset("<folder>", streaming=True)')}

Columns keep their file extensions (\`input_image.png\`, \`edit_prompt.txt\`, \`json\`), so trainers need flags that name them.

${JSON_NOTE}`,
  ultraedit: `The columns and splits of UltraEdit's release (\`FreeForm\`, \`RegionBase\`); \`dinov2_sim\` holds the score of the encoder named below, whatever its kind.

${fence("python", 'from datasets import load_dataset\n\nfree_form = load_dataset("<folder>", split="FreeForm")\ntrain = load_dataset("<folder>", "train", split="train")')}`,
  instructpix2pix:
    "The layout of the original InstructPix2Pix trainer: give it `<folder>/train` as the dataset's path. `metadata.jsonl` in each sample's folder has everything else that is known of it.",
};
