import { bar, box, ellipse, type NounDrawing, part, polygon } from "./part";

const eyes = (x: number, y: number, gap: number, r: number) =>
  part("ink", ellipse(x - gap, y, r), ellipse(x + gap, y, r));

const cat: NounDrawing = {
  noun: "cat",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 0.78,
  height: 0.42,
  parts: [
    part("mainDark", "M20 -4C52 -2 50 -34 40 -48C34 -52 30 -46 33 -40C40 -22 34 -14 18 -14Z"),
    part("main", "M-28 0C-34 -30 -22 -56 0 -56C22 -56 34 -30 28 0Z"),
    part("mainLight", ellipse(0, -20, 13, 18)),
    part("mainDark", ellipse(-13, -4, 10, 5), ellipse(13, -4, 10, 5)),
    part(
      "main",
      polygon([-29, -76], [-27, -102], [-8, -88]),
      polygon([29, -76], [27, -102], [8, -88]),
      ellipse(0, -68, 30, 24),
    ),
    part("rose", polygon([-24, -84], [-23, -95], [-14, -87]), polygon([24, -84], [23, -95], [14, -87])),
    part("mainLight", ellipse(0, -59, 13, 9)),
    eyes(0, -72, 12, 4.6),
    part("rose", polygon([-4.5, -64], [4.5, -64], [0, -58])),
  ],
};

const dog: NounDrawing = {
  noun: "dog",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 1.15,
  height: 0.4,
  parts: [
    part("main", "M-40 -42C-60 -48 -62 -66 -56 -76C-50 -78 -48 -72 -49 -66C-48 -58 -40 -54 -32 -54Z"),
    part("mainDark", box(-34, -30, 14, 30, 5), box(16, -30, 14, 30, 5)),
    part("main", box(-44, -62, 78, 38, 18), box(-44, -34, 14, 34, 5), box(8, -34, 14, 34, 5)),
    part("main", "M14 -44L18 -84Q34 -98 50 -86L54 -74L66 -70Q70 -56 56 -54L40 -52L34 -36Z"),
    part("mainLight", "M48 -66L66 -70Q70 -56 56 -54L44 -53Z"),
    part("mainDark", "M18 -86Q8 -84 8 -58Q16 -50 24 -58Q30 -74 30 -90Z"),
    part("ink", ellipse(65, -68, 6, 5), ellipse(42, -76, 4.4)),
    part("red", bar(13, -52, 37, -44, 8)),
  ],
};

const horse: NounDrawing = {
  noun: "horse",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 1.1,
  height: 0.48,
  parts: [
    part("mainDark", "M-38 -56C-58 -54 -58 -24 -52 -12C-44 -14 -48 -36 -34 -42Z"),
    part("mainDark", box(-26, -34, 11, 34, 3), box(18, -34, 11, 34, 3)),
    part("main", box(-42, -62, 72, 32, 15), box(-40, -40, 12, 40, 3), box(6, -40, 12, 40, 3)),
    part("main", "M4 -50L22 -90L28 -100L34 -90Q44 -86 56 -70Q58 -60 50 -58L36 -64L30 -40Z"),
    part("mainDark", "M26 -98Q10 -92 0 -60Q8 -54 14 -62Q20 -80 30 -90Z"),
    part("mainLight", "M46 -74L56 -70Q58 -60 50 -58L42 -61Z"),
    part(
      "ink",
      ellipse(38, -79, 3.8),
      box(-40, -6, 12, 6),
      box(6, -6, 12, 6),
      box(-26, -6, 11, 6),
      box(18, -6, 11, 6),
    ),
  ],
};

const rabbit: NounDrawing = {
  noun: "rabbit",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 0.66,
  height: 0.42,
  parts: [
    part("main", ellipse(-13, -82, 8, 19), ellipse(13, -82, 8, 19)),
    part("rose", ellipse(-13, -80, 4, 12), ellipse(13, -80, 4, 12)),
    part("main", ellipse(0, -22, 27, 23)),
    part("mainLight", ellipse(0, -19, 15, 16)),
    part("mainDark", ellipse(-17, -4, 14, 6), ellipse(17, -4, 14, 6)),
    part("main", ellipse(0, -54, 24, 20)),
    part("white", ellipse(0, -45, 11, 8)),
    eyes(0, -57, 11, 4.4),
    part("rose", ellipse(0, -49, 4, 3)),
  ],
};

const bear: NounDrawing = {
  noun: "bear",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 0.84,
  height: 0.46,
  parts: [
    part("mainDark", ellipse(-24, -90, 11), ellipse(24, -90, 11)),
    part("mainDark", ellipse(-32, -38, 11, 19), ellipse(32, -38, 11, 19)),
    part("main", ellipse(0, -28, 33, 28), ellipse(0, -72, 31, 26)),
    part("mainLight", ellipse(0, -26, 19, 19)),
    part("mainDark", ellipse(-22, -6, 15, 7), ellipse(22, -6, 15, 7)),
    part("mainLight", ellipse(0, -63, 15, 11)),
    eyes(0, -78, 13, 4.2),
    part("ink", ellipse(0, -68, 6, 4.5)),
  ],
};

const duck: NounDrawing = {
  noun: "duck",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 1.1,
  height: 0.38,
  parts: [
    part(
      "beak",
      box(-10, -14, 6, 12),
      box(8, -14, 6, 12),
      ellipse(-2, -2.5, 11, 3.5),
      ellipse(16, -2.5, 11, 3.5),
    ),
    part("main", "M-54 -60Q-48 -46 -30 -50Q0 -56 12 -52L12 -70Q46 -70 44 -52Q48 -12 4 -12Q-46 -10 -54 -60Z"),
    part("mainDark", "M-34 -42Q-8 -50 14 -38Q8 -20 -8 -20Q-28 -22 -34 -42Z"),
    part("main", ellipse(28, -76, 21, 22)),
    part("beak", "M44 -84L66 -74Q62 -64 44 -66Z"),
    part("ink", ellipse(34, -82, 4.4)),
  ],
};

const elephant: NounDrawing = {
  noun: "elephant",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 1.25,
  height: 0.46,
  parts: [
    part("mainDark", bar(-52, -62, -60, -34, 6)),
    part("mainDark", box(-30, -36, 19, 36, 5), box(12, -36, 19, 36, 5)),
    part(
      "main",
      "M-56 -50Q-56 -92 -14 -92H10Q34 -90 34 -60V-30H-56Z",
      box(-56, -42, 21, 42, 5),
      box(-8, -42, 21, 42, 5),
    ),
    part(
      "main",
      "M14 -86Q30 -104 50 -90Q62 -78 58 -54Q56 -26 66 -18Q74 -16 74 -24H66Q66 -30 70 -32Q82 -30 80 -18Q76 -4 60 -8Q44 -16 42 -44Q26 -44 18 -56Z",
    ),
    part("mainDark", "M22 -88Q-2 -94 -6 -70Q-4 -46 16 -44Q30 -50 28 -72Z"),
    part("white", "M46 -48Q54 -40 64 -44Q58 -34 44 -38Z"),
    part("ink", ellipse(44, -74, 4.4)),
  ],
};

const penguin: NounDrawing = {
  noun: "penguin",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 0.7,
  height: 0.44,
  parts: [
    part("beak", ellipse(-13, -4, 13, 5), ellipse(13, -4, 13, 5)),
    part("mainDark", "M-24 -62Q-44 -44 -38 -22Q-30 -24 -24 -40Z", "M24 -62Q44 -44 38 -22Q30 -24 24 -40Z"),
    part(
      "main",
      "M0 -100C26 -100 28 -76 29 -52C34 -20 26 -4 0 -4C-26 -4 -34 -20 -29 -52C-28 -76 -26 -100 0 -100Z",
    ),
    part("white", "M0 -62C22 -68 24 -30 20 -18Q14 -7 0 -7Q-14 -7 -20 -18C-24 -30 -22 -68 0 -62Z"),
    part("white", ellipse(-9, -77, 9, 11), ellipse(9, -77, 9, 11)),
    eyes(0, -77, 8, 4),
    part("beak", polygon([-8, -70], [8, -70], [0, -58])),
  ],
};

export const ANIMALS: readonly NounDrawing[] = [cat, dog, horse, rabbit, bear, duck, elephant, penguin];
