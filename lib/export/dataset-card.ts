import { stringify } from "yaml";
import type { CardInput } from "./card-input";
import { cardSections } from "./card-sections";

/** The dataset card: YAML front matter that says what the files are, then a page for people. */
export function datasetCard(input: CardInput): string {
  return `---\n${stringify(frontMatter(input))}---\n\n${cardSections(input).join("\n\n")}\n`;
}

function frontMatter({ facts, counts, configs }: CardInput): Record<string, unknown> {
  return {
    pretty_name: facts.name,
    ...licenceFields(Object.keys(counts.byLicence)),
    task_categories: ["image-to-image"],
    tags: ["image-editing", "instruction-based-image-editing", "pentimento"],
    size_categories: [sizeCategory(counts.rows)],
    ...(configs.length > 0 && {
      configs: configs.map(({ name, dataFiles }, at) => ({
        config_name: name,
        ...(at === 0 && { default: true }),
        data_files: dataFiles.map(({ split, paths }) => ({
          split,
          path: paths.length === 1 ? paths[0] : paths,
        })),
      })),
    }),
  };
}

/** The Hub's identifiers of licences that come with photographs. */
const LICENCE_IDS: readonly [RegExp, string][] = [
  [/^cc0|public domain ded|zero\/1\.0/i, "cc0-1.0"],
  [/by-nc-nd[-/ ]?4\.0/i, "cc-by-nc-nd-4.0"],
  [/by-nc-sa[-/ ]?4\.0/i, "cc-by-nc-sa-4.0"],
  [/by-nc-sa[-/ ]?2\.0/i, "cc-by-nc-sa-2.0"],
  [/by-nc[-/ ]?4\.0/i, "cc-by-nc-4.0"],
  [/by-nc[-/ ]?2\.0/i, "cc-by-nc-2.0"],
  [/by-nd[-/ ]?4\.0/i, "cc-by-nd-4.0"],
  [/by-sa[-/ ]?4\.0/i, "cc-by-sa-4.0"],
  [/by-sa[-/ ]?3\.0/i, "cc-by-sa-3.0"],
  [/\bby[-/ ]?4\.0/i, "cc-by-4.0"],
  [/\bby[-/ ]?3\.0/i, "cc-by-3.0"],
  [/\bby[-/ ]?2\.0/i, "cc-by-2.0"],
  [/^apache/i, "apache-2.0"],
  [/^mit\b/i, "mit"],
];

/** One known licence is named; several, or one the Hub has no name for, are "other", and the table says which. */
function licenceFields(licences: readonly string[]): Record<string, unknown> {
  const ids = new Set(licences.map((licence) => LICENCE_IDS.find(([pattern]) => pattern.test(licence))?.[1]));
  const only = ids.size === 1 ? [...ids][0] : undefined;
  return only ? { license: only } : { license: "other", license_name: "per-sample" };
}

/** The Hub's size classes. */
function sizeCategory(rows: number): string {
  const classes: readonly [number, string][] = [
    [1e3, "n<1K"],
    [1e4, "1K<n<10K"],
    [1e5, "10K<n<100K"],
    [1e6, "100K<n<1M"],
    [1e7, "1M<n<10M"],
  ];
  return classes.find(([limit]) => rows < limit)?.[1] ?? "10M<n<100M";
}
