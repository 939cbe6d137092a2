/** Why a region is passed over; the first nine have a key. */
export const skipReasons: readonly string[] = [
  "What is to change is not in the image",
  "The instruction is unclear",
  "The whole image would change",
  "The image is bad",
  "Too hard to outline here",
];
