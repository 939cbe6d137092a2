import { stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@/lib/domain/errors";
import { type LoadedManifest, loadManifest } from "@/lib/packs/load-manifest";
import type { GeneratorManifest } from "@/lib/packs/manifest";
import type { Studio } from "../context";

interface Remembered {
  /** Changes whenever the file is written. */
  stamp: string;
  loaded: Promise<LoadedManifest>;
}

const remembered = new Map<string, Remembered>();

/** The manifest of a pack, read again only after its file changed. */
export async function manifestOf(
  { packsDir }: Pick<Studio, "packsDir">,
  pack: string,
): Promise<LoadedManifest> {
  const folder = join(packsDir, pack);
  const file = await stat(join(folder, "pack.json")).catch(() => null);
  const stamp = file ? `${file.mtimeMs} ${file.size} ${file.ino}` : "none";
  const known = remembered.get(folder);
  if (known?.stamp === stamp) return known.loaded;
  const loaded = loadManifest(folder);
  remembered.set(folder, { stamp, loaded });
  loaded.catch(() => remembered.delete(folder));
  return loaded;
}

export interface RunPack {
  pack: { name: string; version: string; hash: string };
  generator: GeneratorManifest;
}

/** A pack as recipes name it, with its generator. */
export async function generatorPack(studio: Studio, name: string): Promise<RunPack> {
  const { manifest, hash } = await manifestOf(studio, name);
  if (!manifest.generator) {
    throw new UserError(
      "unavailable",
      `The model pack “${name}” has no generator, so it cannot make images.`,
      name,
    );
  }
  return { pack: { name: manifest.name, version: manifest.version, hash }, generator: manifest.generator };
}
