/** Entry of the engine's thread: opens the pack, then answers requests until the thread is ended. */
import { platform, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { openPack } from "@/lib/packs/open-pack";
import { engineMethods } from "./engine-methods";
import { toFailure } from "./failure";
import { createJobQueue } from "./job-queue";
import type { EngineMessage, EngineRequest } from "./protocol";
import type { EngineOptions } from "./types";

const port = parentPort;
if (!port) throw new Error("engine-thread.ts runs as a worker thread only");
const send = (message: EngineMessage) => port.postMessage(message);

const { packDirectory, nice = 0, ...options } = workerData as EngineOptions;
// On Linux priorities belong to threads: this one's, and those that the runtime starts from it, make way for the
// rest of the process. Elsewhere the whole process would be slowed down.
if (nice > 0 && platform() === "linux") setPriority(0, nice);
try {
  const pack = await openPack(packDirectory, options);
  const queue = createJobQueue();
  const methods = engineMethods(pack, queue);
  port.on("message", ({ id, method, args, priority }: EngineRequest) => {
    queue.add(priority, async () => {
      try {
        // Method and arguments belong together by EngineRequest's type, which a lookup cannot keep.
        const value = await (methods[method] as (given: typeof args) => Promise<unknown>)(args);
        send({ kind: "result", id, value });
      } catch (error) {
        send({ kind: "error", id, error: toFailure(error) });
      }
    });
  });
  send({ kind: "ready" });
} catch (error) {
  send({ kind: "failed", error: toFailure(error) });
}
