import { coarseResult, previewFactor } from "@/lib/domain/masks/coarse-result";
import type { RgbaImage } from "@/lib/domain/masks/flood-fill";
import { applyOperation } from "@/lib/domain/masks/mask-operation";
import { readColours } from "../engine/decode-image";
import type { WorkerAnswer, WorkerRequest } from "./worker-protocol";

type Run = Extract<WorkerRequest, { kind: "run" }>;

const waiting: Run[] = [];
let picture: RgbaImage | Blob | null = null;
let busy = false;

const answer = (message: WorkerAnswer, transfer: Transferable[] = []) =>
  (self as unknown as Worker).postMessage(message, transfer);

self.addEventListener("message", ({ data }: MessageEvent<WorkerRequest>) => {
  if (data.kind === "picture") {
    picture = data.picture;
  } else if (data.kind === "cancel") {
    const at = waiting.findIndex(({ id }) => id === data.id);
    if (at >= 0) waiting.splice(at, 1);
    if (at >= 0) answer({ id: data.id, kind: "cancelled" });
  } else {
    waiting.push(data);
    if (!busy) void work();
  }
});

async function work(): Promise<void> {
  busy = true;
  // Cancellations that have come in meanwhile are read before each request.
  for (await turn(); waiting.length > 0; await turn()) {
    const request = waiting.shift()!;
    try {
      await run(request);
    } catch (error) {
      answer({ id: request.id, kind: "failed", message: (error as Error).message });
    }
  }
  busy = false;
}

async function run({ id, mask, operation, other, preview }: Run): Promise<void> {
  const image = operation.kind === "snap" ? await colours(mask) : undefined;
  const inputs = { ...(image && { image }), ...(other && { other }) };
  const factor = preview ? previewFactor(mask, operation) : 1;
  if (factor > 1) {
    const coarse = coarseResult(mask, operation, factor, inputs);
    answer({ id, kind: "preview", mask: coarse }, [coarse.data.buffer]);
  }
  const result = applyOperation(mask, operation, inputs);
  answer({ id, kind: "done", mask: result }, [result.data.buffer]);
}

async function colours(mask: { readonly width: number; readonly height: number }): Promise<RgbaImage> {
  if (!picture) throw new Error("The picture has not been loaded yet. Try again in a moment.");
  if (picture instanceof Blob) picture = await readColours(picture);
  if (picture.width === mask.width && picture.height === mask.height) return picture;
  throw new Error(
    `The picture has ${picture.width}×${picture.height} pixels, the mask ${mask.width}×${mask.height}.`,
  );
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve));
