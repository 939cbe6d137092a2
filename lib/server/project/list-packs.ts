import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { PackView } from "@/lib/api/contract/project";
import { loadManifest } from "@/lib/packs/load-manifest";
import type { PackManifest } from "@/lib/packs/manifest";
import { packRoles } from "@/lib/packs/open-pack";
import { type Context, requireAbility } from "../context";

/** Every folder under `models/` that holds a `pack.json`, with what is wrong with it if it cannot be used. */
export async function listPacks(context: Context): Promise<PackView[]> {
  requireAbility(context, "read");
  const { packsDir } = context.studio;
  const folders = await readdir(packsDir, { withFileTypes: true }).catch(() => []);
  const views: PackView[] = [];
  for (const folder of folders
    .filter((entry) => entry.isDirectory())
    .sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const files: string[] = await readdir(join(packsDir, folder.name)).catch(() => []);
    if (!files.includes("pack.json")) continue;
    views.push(
      await loadManifest(join(packsDir, folder.name)).then(
        ({ manifest }) => present(folder.name, manifest),
        (error: Error) => broken(folder.name, error.message),
      ),
    );
  }
  return views;
}

function present(folder: string, manifest: PackManifest): PackView {
  const { title, version, summary, licence, generator } = manifest;
  return {
    name: folder,
    title,
    version,
    summary,
    licence,
    roles: packRoles.filter((role) => manifest[role] !== undefined),
    defaults: generator
      ? {
          steps: generator.defaults.steps,
          strength: generator.defaults.strength,
          guidance: generator.defaults.guidance,
          controlThreshold: generator.defaults.controlThreshold,
          size: generator.sizes[0]!,
        }
      : null,
    thresholds: manifest.thresholds.freeForm,
    regionThresholds: manifest.thresholds.region,
    narrow: manifest.vocabulary !== undefined,
    problem: generator ? null : `The model pack “${folder}” has no generator, so it cannot make images.`,
  };
}

function broken(folder: string, problem: string): PackView {
  return {
    name: folder,
    title: folder,
    version: "",
    summary: "",
    licence: "",
    roles: [],
    defaults: null,
    thresholds: {},
    regionThresholds: {},
    narrow: false,
    problem,
  };
}
