import type { MaskImage } from "@/lib/domain/image";
import type { RgbaImage } from "@/lib/domain/masks/flood-fill";
import type { MaskOperation } from "@/lib/domain/masks/mask-operation";
import type { WorkerAnswer, WorkerRequest } from "./worker-protocol";

export interface RunOptions {
  /** The other mask of `combine`. */
  other?: MaskImage;
  /** Gives up on the result, which then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called once with a coarse result, at full size, where the result itself takes a while. */
  onPreview?: (mask: MaskImage) => void;
  /** Hands the mask's pixels over instead of copying them: the caller's `data` is empty afterwards. */
  take?: boolean;
}

export interface MaskWorker {
  /** The mask after an operation, computed off the main thread; the given mask stays as it is unless `take`. */
  run(mask: MaskImage, operation: MaskOperation, options?: RunOptions): Promise<MaskImage>;
  /** The picture that snapping looks at: pixels, or its file (decoded when first needed). It stays until replaced. */
  setPicture(picture: RgbaImage | Blob | null): void;
  /** Ends the worker; what is still running rejects. */
  close(): void;
}

interface Pending {
  readonly pixels: number;
  settle(answer: WorkerAnswer): void;
}

/** From so many pixels on, a result that nobody waits for is longer in coming than a new worker. */
const slowPixels = 2 ** 21;

/** Starts a worker for mask operations when the first is asked for. */
export function createMaskWorker(): MaskWorker {
  let worker: Worker | null = null;
  let lastId = 0;
  let picture: RgbaImage | Blob | null = null;
  const pending = new Map<number, Pending>();
  /** Given up on, but perhaps still computed, slowly: in the way of the next request. */
  const stale = new Set<number>();

  function start(): Worker {
    const started = new Worker(new URL("./mask-worker.ts", import.meta.url), { type: "module" });
    started.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
      if (data.kind !== "preview") stale.delete(data.id);
      pending.get(data.id)?.settle(data);
    });
    started.addEventListener("error", (event) => {
      event.preventDefault();
      stop(`The mask worker stopped: ${event.message || "it may have run out of memory"}. Try again.`);
    });
    send(started, { kind: "picture", picture });
    return started;
  }

  function stop(message: string): void {
    worker?.terminate();
    worker = null;
    stale.clear();
    for (const [id, { settle }] of [...pending]) settle({ id, kind: "failed", message });
  }

  function giveUp(id: number): void {
    const pixels = pending.get(id)?.pixels ?? 0;
    if (!pending.delete(id) || !worker) return;
    if (pixels >= slowPixels) stale.add(id);
    send(worker, { kind: "cancel", id });
  }

  return {
    run(mask, operation, { other, signal, onPreview, take = false } = {}) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      // A computation cannot be interrupted from outside, but its worker can be ended.
      if (stale.size > 0 && pending.size === 0) stop("");
      worker ??= start();
      const id = ++lastId;
      const target = worker;
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          giveUp(id);
          reject(signal!.reason);
        };
        signal?.addEventListener("abort", onAbort, { once: true });
        pending.set(id, {
          pixels: mask.width * mask.height,
          settle(answer) {
            if (answer.kind === "preview") return onPreview?.(answer.mask);
            pending.delete(id);
            signal?.removeEventListener("abort", onAbort);
            if (answer.kind === "done") resolve(answer.mask);
            else
              reject(new Error(answer.kind === "failed" ? answer.message : "The operation was cancelled."));
          },
        });
        const request = { kind: "run", id, mask, operation, preview: Boolean(onPreview) } as const;
        send(target, other ? { ...request, other } : request, take ? [mask.data.buffer as ArrayBuffer] : []);
      });
    },
    setPicture(next) {
      picture = next;
      if (worker) send(worker, { kind: "picture", picture });
    },
    close: () => stop("The mask worker was closed."),
  };
}

function send(worker: Worker, request: WorkerRequest, transfer: Transferable[] = []): void {
  worker.postMessage(request, transfer);
}
