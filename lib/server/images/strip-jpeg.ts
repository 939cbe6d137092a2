const APP1 = 0xe1;
const APP14_ADOBE = 0xee;
const COMMENT = 0xfe;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/**
 * A JPEG without its metadata (EXIF, XMP, IPTC, ICC, comments, thumbnails, anything behind the end of the image),
 * its coded pixels untouched. The JFIF and Adobe segments stay, because decoders need them to read the colours.
 * `null` if the segments cannot be followed; such a file has to be re-encoded.
 * Segment layout: ITU-T T.81, annex B.
 */
export function stripJpeg(jpeg: Buffer): Buffer | null {
  const kept: Buffer[] = [jpeg.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= jpeg.length) {
    if (jpeg[at] !== 0xff) return null;
    const marker = jpeg[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END_OF_IMAGE) break;
    let end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (marker === START_OF_SCAN) end = endOfScan(jpeg, end);
    if (end > jpeg.length) return null;
    if (!isMetadata(marker)) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  if (jpeg[at] !== 0xff || jpeg[at + 1] !== END_OF_IMAGE) return null;
  kept.push(jpeg.subarray(at, at + 2));
  return Buffer.concat(kept);
}

function isMetadata(marker: number): boolean {
  return marker === COMMENT || (marker >= APP1 && marker <= 0xef && marker !== APP14_ADOBE);
}

/** Coded data runs to the next marker that is neither a stuffed 0xff (FF 00) nor a restart (FF D0..D7). */
function endOfScan(jpeg: Buffer, from: number): number {
  let at = jpeg.indexOf(0xff, from);
  while (at >= 0 && at + 1 < jpeg.length) {
    const next = jpeg[at + 1]!;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
    at = jpeg.indexOf(0xff, at + (next === 0xff ? 1 : 2));
  }
  return Number.POSITIVE_INFINITY;
}
