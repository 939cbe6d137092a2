import { editTypeLabel } from "@/lib/domain/edit-types";
import { scoreDefinition } from "@/lib/domain/scores";
import type { CardInput } from "./card-input";
import { loadingSection } from "./card-loading";

/** The body of the card, section by section. */
export function cardSections(input: CardInput): string[] {
  const { facts, counts } = input;
  return [
    `# ${facts.name}`,
    facts.description ?? "",
    `${number(counts.rows)} instruction-based image edits: a source image, an instruction, the edited image${
      counts.withMask > 0 ? `, and for ${number(counts.withMask)} of them the region that may change` : ""
    }. Written on ${facts.date} by Pentimento ${facts.softwareVersion}.`,
    loadingSection(input),
    makersSection(input),
    funnelSection(input),
    `## Edit types\n\n${countTable("Type", counts.byEditType, counts.rows, editTypeLabel)}`,
    `## Licences\n\nEach row carries the licence, attribution and source address of the image it was made from.\n\n${countTable("Licence", counts.byLicence, counts.rows)}`,
    chainsSection(input),
    splitsSection(input),
    RECIPE,
    limitationsSection(input),
    CITATION,
  ].filter((section) => section !== "");
}

function makersSection({ facts, counts }: CardInput): string {
  const lines = facts.makers.map(
    ({ part, maker, note }) => `| ${cell(part)} | ${cell(maker)} | ${cell(note ?? "")} |`,
  );
  return [
    "## What made what",
    `| Part | Made by | Note |\n| --- | --- | --- |\n${lines.join("\n")}`,
    `Pixels, by row (\`generator\`):\n\n${countTable("Generator", counts.byGenerator, counts.rows)}`,
    `Instructions, by row (\`instruction_source\`):\n\n${countTable("Source", counts.byInstructionSource, counts.rows)}`,
    `People's decisions (\`decision\`):\n\n${countTable("Decision", counts.byDecision, counts.rows)}`,
  ].join("\n\n");
}

function funnelSection({ facts }: CardInput): string {
  const stages = facts.funnel.map(({ stage, count }) => `| ${cell(stage)} | ${number(count)} |`).join("\n");
  const bounds = facts.thresholds.map(({ score, min, max }) => {
    const label = scoreDefinition(score)?.label ?? score;
    return `| ${cell(label)} (\`${score}\`) | ${min ?? ""} | ${max ?? ""} |`;
  });
  const policy = facts.policyVersion ? ` (policy ${facts.policyVersion})` : "";
  return [
    "## How the samples were chosen",
    stages && `| Stage | Count |\n| --- | ---: |\n${stages}`,
    bounds.length > 0
      ? `A candidate was kept if its scores lay within these bounds${policy}:\n\n| Score | At least | At most |\n| --- | ---: | ---: |\n${bounds.join("\n")}`
      : "No score threshold was in force.",
    "A score that was not measured is null, never zero.",
  ]
    .filter(Boolean)
    .join("\n\n");
}

function chainsSection({ counts }: CardInput): string {
  const turns = Object.entries(counts.byTurn);
  if (turns.length === 0) return "";
  const table = turns
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([turn, rows]) => `| ${turn} | ${number(rows)} |`)
    .join("\n");
  return [
    "## Edits in several turns",
    "Some rows go on where another ends: their input image is the other's edited image, pixel for pixel. Rows with the same `chain_id` belong together, `turn_index` counts from 1, and `previous_id` is the `id` of the row before, since a picture may be edited further in more than one way. Other rows have no `chain_id` and `turn_index` 0. A chain is never divided between splits.",
    `| Turn | Rows |\n| --- | ---: |\n${table}`,
  ].join("\n\n");
}

function splitsSection({ counts }: CardInput): string {
  return `## Splits\n\nSplits go by the source photograph's hash, so that all edits of one image are in the same split.\n\n${countTable("Split", counts.bySplit, counts.rows)}`;
}

function limitationsSection({ facts }: CardInput): string {
  if (!facts.limitations?.length) return "";
  return `## Known limits\n\n${facts.limitations.map((line) => `- ${line}`).join("\n")}`;
}

const RECIPE = `## Recipes

The \`recipe\` column is JSON with everything that regenerates the edited image: the hash of the anchor, its crop, the two captions, seed, scheduler, steps, strength, guidance, attention-control thresholds, mask, the model pack's name, version and hash, and the version of the code. The same recipe on the same pack and runtime gives the same pixels. \`seed\`, \`steps\`, \`strength\` (0..1, how much of the anchor is redrawn), \`guidance\`, \`cross_threshold\` and \`self_threshold\` (share of the steps under attention control) are repeated as columns for filtering. \`mask_image\` is white where the edit may change the image.`;

const CITATION = `## Citation

The pipeline follows UltraEdit; please cite it with this dataset:

\`\`\`bibtex
@inproceedings{zhao2024ultraedit,
  title     = {UltraEdit: Instruction-based Fine-Grained Image Editing at Scale},
  author    = {Zhao, Haozhe and Ma, Xiaojian and Chen, Liang and Si, Shuzheng and Wu, Rujie and An, Kaikai and Yu, Peiyu and Zhang, Minjia and Li, Qing and Chang, Baobao},
  booktitle = {Advances in Neural Information Processing Systems, Datasets and Benchmarks Track},
  year      = {2024}
}
\`\`\``;

function countTable(
  heading: string,
  counts: Readonly<Record<string, number | undefined>>,
  total: number,
  label: (key: string) => string = (key) => key,
): string {
  const rows = Object.entries(counts)
    .map(([key, count]) => [key, count ?? 0] as const)
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(
      ([key, count]) =>
        `| ${cell(label(key))} | ${number(count)} | ${((100 * count) / total).toFixed(1)} % |`,
    );
  return `| ${heading} | Rows | Share |\n| --- | ---: | ---: |\n${rows.join("\n")}`;
}

/** Text from people, safe inside a Markdown table. */
function cell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
