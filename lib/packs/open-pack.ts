import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@/lib/domain/errors";
import { sizeProblem } from "./check-files";
import { loadManifest } from "./load-manifest";
import type { PackManifest } from "./manifest";
import { type ExecutionProvider, loadModel, type Model } from "./model";

export type { ExecutionProvider } from "./model";

export const packRoles = [
  "generator",
  "clip",
  "selfSupervised",
  "tagger",
  "detector",
  "segmenter",
  "safety",
] as const;

/** Parts of a manifest that hold models. */
export type PackRole = (typeof packRoles)[number];

export interface OpenPackOptions {
  /** `cpu` by default. */
  readonly provider?: ExecutionProvider;
  /** Roles that will be used; asking for a model of another role fails. All that the pack fills by default. */
  readonly roles?: readonly PackRole[];
  /** Threads inside one model run; 0 or absent leaves it to the runtime (the number of cores). */
  readonly threads?: number;
}

/** An open model pack. Graphs load when first asked for and are shared by everybody who asks. */
export interface Pack {
  readonly directory: string;
  readonly manifest: PackManifest;
  readonly hash: string;
  readonly provider: ExecutionProvider;
  readonly roles: readonly PackRole[];
  /** The part of the manifest that fills `role`, or a clear error that names pack and role. */
  role<R extends PackRole>(role: R): NonNullable<PackManifest[R]>;
  /** @param file path inside the pack */
  model(file: string): Promise<Model>;
  text(file: string): Promise<string>;
  /** Graphs loaded so far. */
  loaded(): readonly Model[];
}

/** Whether a file is the graph itself or holds weights of it: `unet.weights.0` is of `unet.onnx` and of `unet.controlled.onnx`. */
function belongsTo(name: string, graph: string): boolean {
  const owner = /^(.+)\.weights\.\d+$/.exec(name)?.[1];
  return name === graph || (owner !== undefined && graph.startsWith(`${owner}.`));
}

/**
 * Opens a pack; nothing is loaded yet. There is no close: the runtime keeps a graph's memory until its process
 * ends, so end the process (or thread) instead.
 * @throws UserError if the manifest is wrong or lacks a role that was asked for
 */
export async function openPack(directory: string, options: OpenPackOptions = {}): Promise<Pack> {
  const { manifest, hash } = await loadManifest(directory);
  const filled = packRoles.filter((role) => manifest[role] !== undefined);
  const roles = options.roles ?? filled;
  const provider = options.provider ?? "cpu";
  const models = new Map<string, Promise<Model>>();
  const ready: Model[] = [];

  const role = <R extends PackRole>(name: R): NonNullable<PackManifest[R]> => {
    const part = manifest[name];
    if (!part || !roles.includes(name)) {
      throw new UserError(
        "unavailable",
        part
          ? `The model pack ${manifest.name} was opened without its ${name}.`
          : `The model pack ${manifest.name} has no ${name}.`,
        name,
      );
    }
    return part as NonNullable<PackManifest[R]>;
  };
  roles.forEach(role);

  const load = async (file: string): Promise<Model> => {
    // The runtime's words on half a file are no help.
    for (const [name, { bytes }] of Object.entries(manifest.files)) {
      if (!belongsTo(name, file)) continue;
      const problem = await sizeProblem(join(directory, name), bytes);
      if (problem) throw new UserError("unavailable", `${manifest.name}: ${name} ${problem}.`, name);
    }
    return loadModel(join(directory, file), file, { provider, threads: options.threads ?? 0 });
  };

  return {
    directory,
    manifest,
    hash,
    provider,
    roles,
    role,
    model(file) {
      const known = models.get(file);
      if (known) return known;
      const loading = load(file);
      models.set(file, loading);
      loading.then(
        (model) => ready.push(model),
        // A failed load may be repaired on disk, so the next call tries again.
        () => models.delete(file),
      );
      return loading;
    },
    async text(file) {
      return readFile(join(directory, file), "utf8").catch(() => {
        throw new UserError(
          "not-found",
          `${join(directory, file)} cannot be read: is the pack complete?`,
          file,
        );
      });
    },
    loaded: () => ready,
  };
}
