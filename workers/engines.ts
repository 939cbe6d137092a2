import { join } from "node:path";
import { startEngine } from "@/lib/inference/start-engine";
import { startLanes } from "@/lib/inference/start-lanes";
import type { InferenceEngine } from "@/lib/inference/types";
import { loadManifest } from "@/lib/packs/load-manifest";
import { manifestOf } from "@/lib/server/runs/pack-of-run";
import { executionProvider } from "./execution-provider";

export interface Engines {
  /** The engine of a pack, started when first asked for and again after it died. */
  engineFor(pack: string): Promise<InferenceEngine>;
  /**
   * A second, small engine of a pack for the questions that people wait for: without the generator, and ahead of the
   * other's threads for the processor. However long one step of a run takes, a click need not wait for it.
   */
  interactiveFor(pack: string): Promise<InferenceEngine>;
  close(): Promise<void>;
}

/** Runs make way for people, for the database and for the web process, as `nice` would have it. */
const batchNice = 10;
const interactiveRoles = ["segmenter", "detector", "clip"] as const;

/** Threads with loaded models for each pack in use, and one more for those that people ask. */
export function createEngines(packsDir: string): Engines {
  const running = new Map<string, Promise<InferenceEngine>>();
  const keep = async (key: string, pack: string, start: () => Promise<InferenceEngine>) => {
    const known = running.get(key);
    if (known && (await isCurrent(known, packsDir, pack))) return known;
    // Another caller may have started it while this one waited.
    const meanwhile = running.get(key);
    if (meanwhile && meanwhile !== known) return meanwhile;
    const started = start();
    running.set(key, started);
    started.catch(() => running.delete(key));
    void known?.then((old) => old.close()).catch(() => {});
    return started;
  };
  const packDirectory = (pack: string) => join(packsDir, pack);
  return {
    engineFor: (pack) =>
      keep(pack, pack, () =>
        startLanes({ packDirectory: packDirectory(pack), provider: executionProvider(), nice: batchNice }),
      ),
    interactiveFor: (pack) =>
      keep(`${pack}, interactive`, pack, async () => {
        const { manifest } = await loadManifest(packDirectory(pack));
        return startEngine({
          packDirectory: packDirectory(pack),
          provider: executionProvider(),
          roles: interactiveRoles.filter((role) => manifest[role] !== undefined),
        });
      }),
    async close() {
      await Promise.allSettled([...running.values()].map(async (engine) => (await engine).close()));
      running.clear();
    },
  };
}

/** Whether an engine lives and has loaded the pack as it is on disk: a recipe must name the weights that drew. */
async function isCurrent(engine: Promise<InferenceEngine>, packsDir: string, pack: string): Promise<boolean> {
  try {
    const status = await (await engine).status();
    return status.pack.hash === (await manifestOf({ packsDir }, pack)).hash;
  } catch {
    return false;
  }
}
