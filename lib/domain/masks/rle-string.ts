import { UserError } from "../errors";

/**
 * COCO's compressed string: from the fourth on, each run as its difference to the one two before; each number in
 * groups of five bits, lowest first, as characters from code 48; 32 marks that more follow, 16 the sign.
 */
export function runsToString(runs: Int32Array): string {
  let bytes = new Uint8Array(Math.max(64, 3 * runs.length));
  let length = 0;
  for (let i = 0; i < runs.length; i++) {
    // A 32-bit number takes at most seven groups.
    if (length + 7 > bytes.length) {
      const larger = new Uint8Array(2 * bytes.length);
      larger.set(bytes);
      bytes = larger;
    }
    let value = i > 2 ? runs[i]! - runs[i - 2]! : runs[i]!;
    if (value >= -16 && value < 16) {
      bytes[length++] = (value & 31) + 48;
      continue;
    }
    for (;;) {
      const group = value & 31;
      value >>= 5;
      const more = group & 16 ? value !== -1 : value !== 0;
      bytes[length++] = (more ? group | 32 : group) + 48;
      if (!more) break;
    }
  }
  return new TextDecoder("latin1").decode(bytes.subarray(0, length));
}

/** The run lengths in COCO's compressed string; `subject` names where it came from. */
export function runsFromString(text: string, subject = "segmentation"): Int32Array {
  const runs = new Int32Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; ) {
    let group = text.charCodeAt(at++) - 48;
    let value = group & 31;
    let shift = 5;
    while (group & 32) {
      if (at === text.length || shift > 30 || group > 63 || group < 0) throw broken(subject, at);
      group = text.charCodeAt(at++) - 48;
      value |= (group & 31) << shift;
      shift += 5;
    }
    if (group > 63 || group < 0) throw broken(subject, at);
    if (group & 16 && shift < 32) value |= -1 << shift;
    runs[count] = count > 2 ? value + runs[count - 2]! : value;
    count++;
  }
  return runs.subarray(0, count);
}

function broken(subject: string, at: number): UserError {
  return new UserError(
    "bad-input",
    `${subject}: the compressed counts break off or hold a character that COCO does not use, ` +
      `at position ${at}. Copy the string again as pycocotools wrote it.`,
    subject,
  );
}
