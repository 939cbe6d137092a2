import { type EncodedImage, encodeImage, encodeMask } from "./encode-image";
import type { ExportRow, PreferenceRow, SplitName } from "./export-row";
import type { ImageEncoding, SplitShares } from "./export-types";
import { splitOf } from "./split-of";

/** A row ready to be written: images encoded, split known. */
export type PreparedRow = {
  row: ExportRow;
  split: SplitName;
  input: EncodedImage;
  edited: EncodedImage;
  mask: EncodedImage | null;
};

export type PreparedPreference = {
  row: PreferenceRow;
  split: SplitName;
  input: EncodedImage;
  chosen: EncodedImage;
  rejected: EncodedImage;
};

export type Preparation = { images: ImageEncoding; splits: SplitShares };

export async function prepareRow(row: ExportRow, { images, splits }: Preparation): Promise<PreparedRow> {
  const [input, edited, mask] = await Promise.all([
    encodeImage(row.inputImage, images, `input image of sample ${row.id}`),
    encodeImage(row.editedImage, images, `edited image of sample ${row.id}`),
    row.maskImage && encodeMask(row.maskImage, `mask of sample ${row.id}`),
  ]);
  return { row, split: row.split ?? splitOf(row.anchorSha256 ?? row.id, splits), input, edited, mask };
}

export async function preparePreference(
  row: PreferenceRow,
  { images, splits }: Preparation,
): Promise<PreparedPreference> {
  const [input, chosen, rejected] = await Promise.all([
    encodeImage(row.inputImage, images, `input image of preference ${row.id}`),
    encodeImage(row.chosenImage, images, `chosen image of preference ${row.id}`),
    encodeImage(row.rejectedImage, images, `rejected image of preference ${row.id}`),
  ]);
  return { row, split: row.split ?? splitOf(row.anchorSha256 ?? row.id, splits), input, chosen, rejected };
}

/** Applies `work` to a few items at a time, giving the results in order; memory is bounded by `ahead`. */
export async function* mapAhead<T, R>(
  items: AsyncIterable<T>,
  ahead: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const started = work(item);
      // Awaited below, in order; until then a failure must not count as unhandled.
      started.catch(() => {});
      running.push(started);
      if (running.length >= ahead) yield await running.shift()!;
    }
    while (running.length > 0) yield await running.shift()!;
  } finally {
    await Promise.allSettled(running);
  }
}
