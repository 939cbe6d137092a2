import { availableParallelism } from "node:os";
import type { GenerationRequest } from "@/lib/diffusion/types";
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
  const busy = lanes.map(() => 0);
  const share = async <T, R>(
    all: readonly T[],
    homeOf: (item: T) => number | undefined,
    work: (lane: InferenceEngine, part: readonly T[]) => Promise<R[]>,
  ): Promise<R[]> => {
    const parts = lanes.map(() => [] as number[]);
    for (const [at, item] of all.entries()) {
      const lane = homeOf(item) ?? busy.indexOf(Math.min(...busy));
      parts[lane]!.push(at);
      busy[lane]!++;
    }
    const results = new Array<R>(all.length);
    const runPart = async (lane: InferenceEngine, n: number) => {
      const part = parts[n]!;
      if (part.length === 0) return;
      const made = await work(
        lane,
        part.map((at) => all[at]!),
      ).finally(() => {
        busy[n]! -= part.length;
      });
      part.forEach((at, k) => {
        results[at] = made[k]!;
      });
    };
    await Promise.all(lanes.map(runPart));
    return results;
  };
  // A source that several targets share is drawn once by the lane that knows it, so they all go there.
  const homeOfPair = ({ sourceControl, seed }: GenerationRequest) => sourceControl && seed % lanes.length;
  const anywhere = () => undefined;
  return {
    ...lanes[0]!,
    generatePairs: (requests, options) =>
      share(requests, homeOfPair, (lane, part) => lane.generatePairs(part, options)),
    score: (requests, options) => share(requests, anywhere, (lane, part) => lane.score(part, options)),
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
