import { Worker } from "node:worker_threads";
import { UserError } from "@/lib/domain/errors";
import { fromFailure } from "./failure";
import type { EngineCalls, EngineMessage, EngineMethod, EngineRequest } from "./protocol";
import type { CallOptions, EngineOptions, InferenceEngine, Priority } from "./types";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * Starts a thread that runs a pack's models. Resolves when the pack's manifest has been read; models load when
 * they are first needed.
 * @throws UserError if the pack is wrong or lacks a role that was asked for
 */
export async function startEngine(options: EngineOptions): Promise<InferenceEngine> {
  const worker = new Worker(new URL("./engine-entry.mjs", import.meta.url), {
    workerData: options,
  });
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let ended: Error | undefined;

  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  await new Promise<void>((resolve, reject) => {
    worker.on("message", (message: EngineMessage) => {
      if (message.kind === "ready") return resolve();
      if (message.kind === "failed") {
        const error = fromFailure(message.error);
        end(error);
        reject(error);
        return void worker.terminate();
      }
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.kind === "result") call?.resolve(message.value);
      else call?.reject(fromFailure(message.error));
    });
    worker.on("error", (error) => {
      end(error);
      reject(error);
    });
    worker.on("exit", (code) => {
      const error = new UserError(
        "unavailable",
        `The inference engine stopped (exit code ${code}).`,
        "engine",
      );
      end(error);
      reject(error);
    });
  });

  const call = <M extends EngineMethod>(method: M, args: EngineCalls[M]["args"], priority: Priority) =>
    new Promise<EngineCalls[M]["result"]>((resolve, reject) => {
      if (ended) return reject(ended);
      const id = nextId++;
      waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      worker.postMessage({ id, method, args, priority } as EngineRequest);
    });
  const urgency = (options: CallOptions | undefined, otherwise: Priority) => options?.priority ?? otherwise;

  return {
    generatePairs: (requests, options) => call("generatePairs", { requests }, urgency(options, "batch")),
    score: (requests, options) => call("score", { requests }, urgency(options, "batch")),
    embedText: (texts, options) => call("embedText", { texts }, urgency(options, "interactive")),
    embedImage: (images, options) =>
      call("embedImage", { images, model: options?.model ?? "clip" }, urgency(options, "interactive")),
    tag: (image, options) =>
      call("tag", { image, threshold: options?.threshold }, urgency(options, "interactive")),
    detect: (image, queries, { priority, ...options } = {}) =>
      call("detect", { image, queries, options }, priority ?? "interactive"),
    segmentEncode: (key, image, options) =>
      call("segmentEncode", { key, image, full: options?.full }, urgency(options, "interactive")),
    segmentPrompt: (key, prompt, options) =>
      call("segmentPrompt", { key, prompt }, urgency(options, "interactive")),
    segmentRuns: (key, prompt, options) =>
      call("segmentRuns", { key, prompt }, urgency(options, "interactive")),
    status: () => call("status", {}, "interactive"),
    async close() {
      end(new UserError("unavailable", "The inference engine was closed.", "engine"));
      await worker.terminate();
    },
  };
}
