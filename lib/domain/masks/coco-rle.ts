import { UserError } from "../errors";
import type { MaskImage, PixelBox } from "../image";
import { decodeRuns, encodeRuns } from "./rle-runs";
import { runsFromString, runsToString } from "./rle-string";

/** Run lengths of a hard mask down its columns, beginning with zeros, as COCO writes them. */
export interface CocoRle {
  /** Height, then width. */
  readonly size: readonly [height: number, width: number];
  /** Run lengths, or COCO's compressed string of them. */
  readonly counts: readonly number[] | Int32Array | string;
}

/** Levels above 127 as COCO run lengths, the same as pycocotools gives for the mask. */
export function encodeRle(mask: MaskImage): { size: [height: number, width: number]; counts: Int32Array } {
  return { size: [mask.height, mask.width], counts: encodeRuns(mask) };
}

/** A COCO object with plain run lengths (`iscrowd` style). */
export function maskToRle(mask: MaskImage): { size: [number, number]; counts: number[] } {
  const { size, counts } = encodeRle(mask);
  return { size, counts: Array.from(counts) };
}

/** A COCO object with the compressed string, byte for byte as pycocotools writes it. */
export function maskToCompressedRle(mask: MaskImage): { size: [number, number]; counts: string } {
  const { size, counts } = encodeRle(mask);
  return { size, counts: runsToString(counts) };
}

/**
 * The hard mask of a COCO run-length object.
 * @param subject the file or field it came from, for the error's text
 */
export function rleToMask(rle: CocoRle, subject = "segmentation"): MaskImage {
  const { width, height, runs } = checkedRuns(rle, subject);
  return { width, height, data: decodeRuns(runs, width, height) };
}

/** Pixels of a run-length object. */
export function rleArea(rle: CocoRle, subject = "segmentation"): number {
  const { runs } = checkedRuns(rle, subject);
  let area = 0;
  for (let i = 1; i < runs.length; i += 2) area += runs[i]!;
  return area;
}

/** The box around the pixels of a run-length object; all 0 if there are none. */
export function rleBox(rle: CocoRle, subject = "segmentation"): PixelBox {
  const { runs, height } = checkedRuns(rle, subject);
  let [left, right, top, bottom] = [Number.POSITIVE_INFINITY, -1, Number.POSITIVE_INFINITY, -1];
  let at = 0;
  runs.forEach((run, i) => {
    if (i % 2 === 1 && run > 0) {
      const last = at + run - 1;
      const [x0, x1] = [Math.floor(at / height), Math.floor(last / height)];
      left = Math.min(left, x0);
      right = Math.max(right, x1);
      // A run over the foot of a column goes on at the head of the next.
      top = x0 === x1 ? Math.min(top, at % height) : 0;
      bottom = x0 === x1 ? Math.max(bottom, last % height) : height - 1;
    }
    at += run;
  });
  if (right < 0) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function checkedRuns(rle: CocoRle, subject: string) {
  const [height, width] = rle.size;
  const { counts } = rle;
  const runs = typeof counts === "string" ? runsFromString(counts, subject) : Int32Array.from(counts);
  let total = 0;
  let least = 0;
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i]!;
    total += run;
    if (run < least) least = run;
  }
  if (least < 0 || (typeof counts !== "string" && runs.some((run, i) => run !== counts[i]))) {
    const given = typeof counts === "string" ? runs : counts;
    const wrong = given.find((run, i) => run < 0 || run !== runs[i]);
    throw new UserError(
      "bad-input",
      `${subject}: the run length ${wrong} is not a whole number of pixels.`,
      subject,
    );
  }
  if (total !== width * height) {
    throw new UserError(
      "bad-input",
      `${subject}: its run lengths add up to ${total} pixels, but a mask of ${width}×${height} has ${width * height}. ` +
        "Check that size is [height, width] and that the counts belong to it.",
      subject,
    );
  }
  return { width, height, runs };
}
