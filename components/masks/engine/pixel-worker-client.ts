import type { MaskImage } from "@/lib/domain/image";
import type { MaskPatch } from "@/lib/domain/masks/mask-region";
import type { PixelAnswer, PixelRequest } from "./pixel-worker";
import type { ImageLevel, PreparedImage } from "./prepared-image";

let worker: Worker | null = null;
let lastId = 0;
const listeners = new Map<number, (answer: PixelAnswer) => void>();

/** One worker for all images, started with the first request. */
function pixelWorker(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL("./pixel-worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<PixelAnswer>) => listeners.get(data.id)?.(data));
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    worker?.terminate();
    worker = null;
    const message = `The image worker stopped: ${event.message || "out of memory?"} Try again.`;
    const waiting = [...listeners];
    listeners.clear();
    for (const [id, listener] of waiting) listener({ id, kind: "failed", message });
  });
  return worker;
}

/** Starts the worker ahead of the first image. */
export function warmPixelWorker(): void {
  pixelWorker();
}

/** What of a mask is connected with (x, y), on the same side of one half; null outside the mask. */
export function findArea(mask: MaskImage, x: number, y: number): Promise<MaskPatch | null> {
  const data = mask.data.slice();
  const copy = { width: mask.width, height: mask.height, data };
  return askForPatch({ kind: "area", mask: copy, x, y }, [data.buffer]);
}

type PatchRequest = Extract<PixelRequest, { kind: "wand" | "area" }>;
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

function askForPatch(
  request: WithoutId<PatchRequest>,
  transfer: Transferable[] = [],
): Promise<MaskPatch | null> {
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    listeners.set(id, (answer) => {
      listeners.delete(id);
      if (answer.kind === "patch") resolve(answer.patch);
      else if (answer.kind === "failed") reject(new Error(answer.message));
    });
    pixelWorker().postMessage({ ...request, id } satisfies PixelRequest, transfer);
  });
}

/** Decodes an image in the worker; resolves with its overview, and fills in the tiles as they come. */
export function openInWorker(file: Blob): Promise<PreparedImage> {
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    const onTile = new Set<() => void>();
    let levels: ImageLevel[] = [];
    let finish = () => {};
    const complete = new Promise<void>((done) => {
      finish = done;
    });
    listeners.set(id, (answer) => {
      if (answer.kind === "overview") {
        levels = answer.levels;
        resolve(opened(answer));
      } else if (answer.kind === "tile") {
        levels[answer.level]!.tiles[answer.index] = answer.bitmap;
        for (const listener of onTile) listener();
      } else {
        listeners.delete(id);
        // Once an image is shown, missing tiles only leave it less sharp.
        if (answer.kind === "failed") reject(new Error(answer.message));
        finish();
      }
    });
    pixelWorker().postMessage({ id, kind: "open", file } satisfies PixelRequest);

    function opened({ width, height, level, bitmap }: Extract<PixelAnswer, { kind: "overview" }>) {
      return {
        width,
        height,
        levels,
        overview: { level, bitmap },
        onTile(listener: () => void) {
          onTile.add(listener);
          return () => onTile.delete(listener);
        },
        complete,
        select: (x, y, options) => askForPatch({ kind: "wand", image: id, file, x, y, options }),
        close() {
          listeners.delete(id);
          pixelWorker().postMessage({ id, kind: "close" } satisfies PixelRequest);
          bitmap.close();
          for (const { tiles } of levels) for (const tile of tiles) tile?.close();
        },
      } satisfies PreparedImage;
    }
  });
}
