import type { FileAnswers, FileRequest } from "./file-protocol";

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();

/** Asks the worker that reads and writes mask files; one for the page, started when first needed. */
export function askMaskFiles<K extends FileRequest["kind"]>(
  request: Extract<FileRequest, { kind: K }>,
  transfer: Transferable[] = [],
): Promise<FileAnswers[K]> {
  worker ??= start();
  const id = ++lastId;
  const target = worker;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    target.postMessage({ id, request }, transfer);
  });
}

function start(): Worker {
  const started = new Worker(new URL("./mask-file-worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.problem) asked?.reject(new Error(data.problem));
    else asked?.resolve(data.answer as never);
  });
  started.addEventListener("error", (event) => {
    event.preventDefault();
    started.terminate();
    worker = null;
    const stopped = new Error(
      `The file worker stopped: ${event.message || "it may have run out of memory"}.`,
    );
    for (const { reject } of waiting.values()) reject(stopped);
    waiting.clear();
  });
  return started;
}
