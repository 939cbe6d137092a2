import { availableParallelism } from "node:os";
import { loadManifest } from "@/lib/packs/load-manifest";
import type { PackManifest } from "@/lib/packs/manifest";
import { startEngine } from "./start-engine";
import type { EngineOptions, InferenceEngine } from "./types";

const mostLanes = 2;
/** Most bytes of a pack's files of which every lane may hold a copy. */
const smallPack = 256 * 1024 ** 2;

/**
 * An engine that works on several pairs side by side, in lanes with models and processor threads of their own. In small
 * models two cores that share one run gain little, since the numbers go from core to core between any two operators; two
 * runs on a core each gain nearly all. Large packs, which would not fit twice, and other processors have one lane.
 */
export async function startLanes(options: EngineOptions): Promise<InferenceEngine> {
  const cores = options.threads ?? availableParallelism();
  const { manifest } = await loadManifest(options.packDirectory);
  const count = (options.provider ?? "cpu") === "cpu" && isSmall(manifest) ? Math.min(mostLanes, cores) : 1;
  if (count === 1) return startEngine(options);
  const threads = Math.floor(cores / count);
  const started = await Promise.allSettled(
    Array.from({ length: count }, () => startEngine({ ...options, threads })),
  );
  const lanes = started.flatMap((lane) => (lane.status === "fulfilled" ? [lane.value] : []));
  const failed = started.find((lane) => lane.status === "rejected");
  if (!failed) return sideBySide(lanes);
  await Promise.all(lanes.map((lane) => lane.close()));
  throw failed.reason;
}

function isSmall({ files }: PackManifest): boolean {
  return Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0) <= smallPack;
}

/** Shares out what comes in lists; everything else is the first lane's. */
function sideBySide(lanes: readonly InferenceEngine[]): InferenceEngine {
  const busy = new Map(lanes.map((lane) => [lane, 0]));
  const share = async <T, R>(
    all: readonly T[],
    work: (lane: InferenceEngine, part: readonly T[]) => Promise<R[]>,
  ): Promise<R[]> => {
    const most = Math.ceil(all.length / lanes.length);
    const idleFirst = [...lanes].sort((a, b) => busy.get(a)! - busy.get(b)!);
    const parts = idleFirst.map(async (lane, n) => {
      const part = all.slice(n * most, (n + 1) * most);
      if (part.length === 0) return [];
      busy.set(lane, busy.get(lane)! + part.length);
      return work(lane, part).finally(() => busy.set(lane, busy.get(lane)! - part.length));
    });
    return (await Promise.all(parts)).flat();
  };
  return {
    ...lanes[0]!,
    generatePairs: (requests, options) => share(requests, (lane, part) => lane.generatePairs(part, options)),
    score: (requests, options) => share(requests, (lane, part) => lane.score(part, options)),
    async status() {
      const all = await Promise.all(lanes.map((lane) => lane.status()));
      return {
        ...all[0]!,
        sessions: all.flatMap(({ sessions }) => sessions),
        waiting: all.reduce((sum, { waiting }) => sum + waiting, 0),
      };
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}
