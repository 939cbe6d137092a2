import { join } from "node:path";
import { startEngine } from "@/lib/inference/start-engine";
import type { InferenceEngine } from "@/lib/inference/types";
import { executionProvider } from "./execution-provider";

export interface Engines {
  /** The engine of a pack, started when first asked for and again after it died. */
  engineFor(pack: string): Promise<InferenceEngine>;
  close(): Promise<void>;
}

/** One thread with loaded models for each pack in use. */
export function createEngines(packsDir: string): Engines {
  const running = new Map<string, Promise<InferenceEngine>>();
  return {
    async engineFor(pack) {
      const known = running.get(pack);
      if (known && (await isAlive(known))) return known;
      const started = startEngine({ packDirectory: join(packsDir, pack), provider: executionProvider() });
      running.set(pack, started);
      started.catch(() => running.delete(pack));
      return started;
    },
    async close() {
      await Promise.allSettled([...running.values()].map(async (engine) => (await engine).close()));
      running.clear();
    },
  };
}

async function isAlive(engine: Promise<InferenceEngine>): Promise<boolean> {
  return engine
    .then((started) => started.status())
    .then(
      () => true,
      () => false,
    );
}
