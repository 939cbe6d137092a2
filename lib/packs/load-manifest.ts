import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@/lib/domain/errors";
import { type PackManifest, packManifestSchema } from "./manifest";

export interface LoadedManifest {
  readonly manifest: PackManifest;
  /** SHA-256 of pack.json; since that lists the hash of every file, it names the whole pack. */
  readonly hash: string;
}

/**
 * Reads and checks `pack.json` of a model pack.
 * @throws UserError naming the file, and the field where one is wrong
 */
export async function loadManifest(directory: string): Promise<LoadedManifest> {
  const file = join(directory, "pack.json");
  const folder = await stat(directory).catch(() => undefined);
  if (!folder?.isDirectory()) {
    throw new UserError("not-found", `There is no model pack folder at ${directory}.`, directory);
  }
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) {
    throw new UserError("not-found", `${file} is missing: ${directory} is not a model pack.`, file);
  }
  const result = packManifestSchema.safeParse(parseJson(bytes.toString("utf8"), file));
  if (!result.success) {
    const faults = result.error.issues.slice(0, 5).map((issue) => {
      return `${issue.path.map(String).join(".") || "(whole file)"}: ${issue.message}`;
    });
    const more = result.error.issues.length - faults.length;
    throw new UserError(
      "bad-input",
      `${file}: ${faults.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`,
      file,
    );
  }
  checkReferences(result.data, file);
  return { manifest: result.data, hash: createHash("sha256").update(bytes).digest("hex") };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError("bad-input", `${file} is not valid JSON: ${(error as Error).message}.`, file);
  }
}

/** What the schema cannot say: named files are listed, and numbers that point at each other agree. */
function checkReferences(manifest: PackManifest, file: string): void {
  for (const [field, path] of referencedFiles(manifest)) {
    if (!manifest.files[path]) {
      throw new UserError(
        "bad-input",
        `${file}: ${field} names "${path}", which is not listed under files.`,
        file,
      );
    }
  }
  const { generator } = manifest;
  if (!generator) return;
  generator.textEncoders.forEach((encoder, index) => {
    if (!generator.tokenizers[encoder.tokenizer]) {
      throw new UserError(
        "bad-input",
        `${file}: generator.textEncoders.${index}.tokenizer is ${encoder.tokenizer}, but there are ${generator.tokenizers.length} tokenizers.`,
        file,
      );
    }
  });
  const width = generator.textEncoders.reduce((sum, encoder) => sum + encoder.hiddenSize, 0);
  if (width !== generator.unet.crossAttentionSize) {
    throw new UserError(
      "bad-input",
      `${file}: generator.unet.crossAttentionSize is ${generator.unet.crossAttentionSize}, but the text encoders give ${width}.`,
      file,
    );
  }
  if (generator.unet.conditioning === "sdxl" && !generator.textEncoders.at(-1)?.pooled) {
    throw new UserError(
      "bad-input",
      `${file}: generator.unet.conditioning is "sdxl", so the last text encoder must give a pooled embedding.`,
      file,
    );
  }
}

/** Every file that a role names, with the field that names it. */
export function referencedFiles(manifest: PackManifest): [field: string, path: string][] {
  const found: [string, string][] = [["modelCard", manifest.modelCard]];
  if (manifest.vocabulary) found.push(["vocabulary", manifest.vocabulary]);
  const fileKeys = new Set([
    "file",
    "vocab",
    "merges",
    "plain",
    "controlled",
    "encoder",
    "decoder",
    "image",
    "text",
    "tags",
  ]);
  const walk = (value: unknown, field: string) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === "string" && fileKeys.has(key)) found.push([`${field}.${key}`, inner]);
      else walk(inner, `${field}.${key}`);
    }
  };
  for (const role of [
    "generator",
    "clip",
    "selfSupervised",
    "tagger",
    "detector",
    "segmenter",
    "safety",
  ] as const) {
    walk(manifest[role], role);
  }
  return found;
}
