import { z } from "zod";
import { UserError } from "@/lib/domain/errors";
import type { MaskImage } from "@/lib/domain/image";
import { maskFromPixels } from "@/lib/domain/masks/check-mask-pixels";
import { cocoMask, maskOfSegmentation } from "@/lib/domain/masks/coco-segmentation";
import { thresholdMask } from "@/lib/domain/masks/combine-masks";
import { maskFacts, maskIou } from "@/lib/domain/masks/mask-facts";
import { unionMasks } from "@/lib/domain/masks/mask-shapes";
import type { FileAnswers, FileRequest, FormatLoss, MaskFileFormat, WrittenMask } from "./file-protocol";
import { readImagePixels } from "./image-pixels";
import { encodeMaskPng } from "./png-encoder";

self.addEventListener("message", async ({ data }: MessageEvent<{ id: number; request: FileRequest }>) => {
  const send = (message: unknown, transfer: Transferable[] = []) =>
    (self as unknown as Worker).postMessage(message, transfer);
  try {
    const answer = await work(data.request);
    send({ id: data.id, answer }, buffersOf(answer));
  } catch (error) {
    const message = error instanceof Error && error.message ? error.message : "The file could not be read.";
    send({ id: data.id, problem: message });
  }
});

function buffersOf(answer: FileAnswers[keyof FileAnswers]): Transferable[] {
  if (answer instanceof Uint8Array) return [answer.buffer];
  if ("data" in answer) return [answer.data.buffer as ArrayBuffer];
  return [];
}

async function work(request: FileRequest): Promise<FileAnswers[FileRequest["kind"]]> {
  switch (request.kind) {
    case "encode":
      return encodeMaskPng(request.mask);
    case "decode":
      return decode(request.png);
    case "facts":
      return maskFacts(request.mask);
    case "write":
      return write(request.mask, request.format);
    case "loss":
      return loss(request.mask, request.format);
    case "read":
      return read(request);
  }
}

/** The studio's own masks: grey, so any colour channel is the level. */
async function decode(png: Uint8Array): Promise<MaskImage> {
  const { width, height, pixels } = await readImagePixels(new Blob([new Uint8Array(png)]));
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = pixels[4 * i]!;
  return { width, height, data };
}

async function write(mask: MaskImage, format: MaskFileFormat): Promise<WrittenMask> {
  if (format === "png") return { body: await encodeMaskPng(mask) };
  return { body: JSON.stringify({ ...cocoMask(mask, format), iscrowd: format === "polygon" ? 0 : 1 }) };
}

async function loss(mask: MaskImage, format: MaskFileFormat): Promise<FormatLoss> {
  const { body } = await write(mask, format);
  if (typeof body !== "string") return { softPixels: 0, iou: 1, bytes: body.length };
  let softPixels = 0;
  for (const level of mask.data) if (level !== 0 && level !== 255) softPixels++;
  const hard = thresholdMask(mask);
  const { segmentation } = cocoMask(mask, format as Exclude<MaskFileFormat, "png">);
  const empty = Array.isArray(segmentation) && segmentation.length === 0;
  const back = empty
    ? { ...hard, data: new Uint8Array(hard.data.length) }
    : maskOfSegmentation(segmentation, mask, "The export");
  return { softPixels, iou: maskIou(hard, back), bytes: body.length };
}

const rle = z.object({
  size: z.tuple([z.int().min(1), z.int().min(1)]),
  counts: z.union([z.array(z.int().min(0)), z.string()]),
});
const segmentation = z.union([rle, z.array(z.array(z.number())).min(1)]);
/** A segmentation by itself, an annotation, or a file with annotations. */
const cocoFile = z.union([
  segmentation.transform((one) => [one]),
  z.object({ segmentation }).transform((one) => [one.segmentation]),
  z
    .object({ annotations: z.array(z.object({ segmentation })).min(1) })
    .transform(({ annotations }) => annotations.map((each) => each.segmentation)),
]);

async function read(request: Extract<FileRequest, { kind: "read" }>): Promise<MaskImage> {
  const { file, name, width, height, soft } = request;
  if (/\.json$/i.test(name) || file.type === "application/json") {
    const masks = parse(await file.text(), name).map((each) =>
      maskOfSegmentation(each, { width, height }, name),
    );
    return masks.length === 1 ? masks[0]! : unionMasks(masks);
  }
  const pixels = await readImagePixels(file).catch((error: unknown) => {
    const known = error instanceof Error && error.message.startsWith("It is ");
    throw new UserError(
      "bad-input",
      known
        ? `${name}: ${(error as Error).message}`
        : `${name} is neither an image nor COCO JSON, or it is damaged.`,
      name,
    );
  });
  return maskFromPixels(pixels, { name, width, height, soft });
}

function parse(text: string, name: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError("bad-input", `${name} is not JSON.`, name);
  }
  const parsed = cocoFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UserError(
    "bad-input",
    `${name} holds no COCO segmentation: neither run lengths (size and counts) nor polygons.`,
    name,
  );
}
