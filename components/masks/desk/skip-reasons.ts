/** Why a region is passed over; the first nine have a key. */
export const skipReasons: readonly string[] = [
  "Not in the image",
  "Instruction unclear",
  "Whole image changes",
  "Bad image",
  "Too hard to outline",
];
