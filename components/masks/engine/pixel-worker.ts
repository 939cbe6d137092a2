import type { MaskImage } from "@/lib/domain/image";
import { connectedTo, magicWand, type RgbaImage, type WandOptions } from "@/lib/domain/masks/flood-fill";
import { contentBox, cropMask, type MaskPatch } from "@/lib/domain/masks/mask-region";
import { cutTiles, decodeImage, readColours } from "./decode-image";
import type { ImageLevel } from "./prepared-image";

export type PixelRequest =
  | { id: number; kind: "open"; file: Blob }
  | { id: number; kind: "wand"; image: number; file: Blob; x: number; y: number; options: WandOptions }
  | { id: number; kind: "area"; mask: MaskImage; x: number; y: number }
  | { id: number; kind: "close" };

export type PixelAnswer = { id: number } & (
  | {
      kind: "overview";
      width: number;
      height: number;
      levels: ImageLevel[];
      level: number;
      bitmap: ImageBitmap;
    }
  | { kind: "tile"; level: number; index: number; bitmap: ImageBitmap }
  | { kind: "complete" }
  | { kind: "patch"; patch: MaskPatch | null }
  | { kind: "failed"; message: string }
);

type Request<K extends PixelRequest["kind"]> = Extract<PixelRequest, { kind: K }>;

const answer = (message: PixelAnswer, transfer: Transferable[] = []) =>
  (self as unknown as Worker).postMessage(message, transfer);

const closed = new Set<number>();
/** The colours last read: one large image's are enough. */
let colours: { of: number; image: RgbaImage } | null = null;

self.addEventListener("message", ({ data }: MessageEvent<PixelRequest>) => {
  if (data.kind === "close") {
    closed.add(data.id);
    if (colours?.of === data.id) colours = null;
    return;
  }
  const work = data.kind === "open" ? open(data) : data.kind === "wand" ? wand(data) : area(data);
  work.catch((error: Error) => answer({ id: data.id, kind: "failed", message: error.message }));
});

async function open({ id, file }: Request<"open">): Promise<void> {
  const bitmap = await decodeImage(file);
  try {
    for await (const piece of cutTiles(bitmap)) {
      if (closed.delete(id)) return;
      answer({ id, ...piece }, [piece.bitmap]);
    }
  } finally {
    bitmap.close();
  }
  answer({ id, kind: "complete" });
}

async function wand({ id, image, file, x, y, options }: Request<"wand">): Promise<void> {
  if (colours?.of !== image) colours = { of: image, image: await readColours(file) };
  send(id, magicWand(colours.image, x, y, options));
}

async function area({ id, mask, x, y }: Request<"area">): Promise<void> {
  send(id, connectedTo(mask, x, y));
}

function send(id: number, mask: MaskImage): void {
  const box = contentBox(mask);
  const patch = box && { box, data: cropMask(mask, box).data };
  answer({ id, kind: "patch", patch }, patch ? [patch.data.buffer] : []);
}
