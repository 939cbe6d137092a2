import { box, ellipse, type NounDrawing, part, polygon } from "./part";

const fox: NounDrawing = {
  noun: "fox",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 0.95,
  height: 0.42,
  parts: [
    part("mainDark", "M14 -4Q60 -2 52 -46Q44 -58 36 -44Q34 -22 12 -18Z"),
    part("white", "M52 -46Q44 -58 38 -46Q46 -40 52 -36Z"),
    part("main", "M-24 0Q-34 -40 0 -58Q34 -40 24 0Z"),
    part("white", "M-10 -46Q0 -4 10 -46Q0 -54 -10 -46Z"),
    part("ink", ellipse(-14, -4, 10, 5), ellipse(14, -4, 10, 5)),
    part(
      "main",
      polygon([-30, -76], [-30, -104], [-8, -90]),
      polygon([30, -76], [30, -104], [8, -90]),
      "M-32 -74Q-24 -94 0 -94Q24 -94 32 -74Q22 -52 0 -42Q-22 -52 -32 -74Z",
    ),
    part(
      "white",
      "M-32 -74Q-16 -72 -3 -50L0 -42Q-22 -52 -32 -74Z",
      "M32 -74Q16 -72 3 -50L0 -42Q22 -52 32 -74Z",
    ),
    part("ink", ellipse(-11, -73, 4), ellipse(11, -73, 4), ellipse(0, -46, 5, 4)),
  ],
};

const owl: NounDrawing = {
  noun: "owl",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 0.74,
  height: 0.42,
  parts: [
    part("beak", ellipse(-11, -4, 9, 4), ellipse(11, -4, 9, 4)),
    part(
      "main",
      "M-30 -84L-30 -104L-14 -94Q0 -98 14 -94L30 -104L30 -84Q40 -50 28 -20Q16 -4 0 -4Q-16 -4 -28 -20Q-40 -50 -30 -84Z",
    ),
    part("mainDark", "M-32 -64Q-44 -40 -28 -14Q-18 -34 -24 -54Z", "M32 -64Q44 -40 28 -14Q18 -34 24 -54Z"),
    part("mainLight", ellipse(0, -30, 17, 20)),
    part("white", ellipse(-13, -72, 14), ellipse(13, -72, 14)),
    part("ink", ellipse(-12, -72, 6), ellipse(12, -72, 6)),
    part("beak", polygon([-6, -64], [6, -64], [0, -52])),
  ],
};

const frog: NounDrawing = {
  noun: "frog",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 1.15,
  height: 0.34,
  parts: [
    part("mainDark", ellipse(-38, -24, 20, 20), ellipse(38, -24, 20, 20)),
    part(
      "main",
      ellipse(0, -30, 40, 30),
      ellipse(0, -60, 38, 26),
      ellipse(-24, -84, 15),
      ellipse(24, -84, 15),
    ),
    part("mainLight", ellipse(0, -24, 24, 20)),
    part("white", ellipse(-24, -86, 10), ellipse(24, -86, 10)),
    part("ink", ellipse(-24, -86, 5), ellipse(24, -86, 5), "M-22 -58Q0 -40 22 -58Q0 -48 -22 -58Z"),
    part("mainDark", ellipse(-22, -4, 17, 5), ellipse(22, -4, 17, 5)),
  ],
};

const turtle: NounDrawing = {
  noun: "turtle",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 1.5,
  height: 0.32,
  parts: [
    part(
      "green",
      box(-44, -24, 22, 24, 8),
      box(14, -24, 22, 24, 8),
      polygon([-64, -22], [-80, -12], [-58, -12]),
    ),
    part("green", "M30 -30Q52 -34 56 -56Q62 -74 76 -66Q88 -52 74 -40Q58 -22 30 -16Z"),
    part("main", "M-66 -20Q-60 -96 -8 -98Q44 -96 48 -20Z"),
    part("mainLight", ellipse(-8, -66, 16, 14), ellipse(-40, -46, 12, 11), ellipse(24, -46, 12, 11)),
    part("mainDark", box(-72, -26, 126, 12, 6)),
    part("ink", ellipse(70, -56, 4)),
  ],
};

const giraffe: NounDrawing = {
  noun: "giraffe",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 0.8,
  height: 0.62,
  parts: [
    part(
      "mainDark",
      box(-20, -28, 7, 28, 2),
      box(6, -28, 7, 28, 2),
      box(20, -102, 3.5, 12, 1.5),
      box(27, -102, 3.5, 12, 1.5),
    ),
    part(
      "main",
      "M-34 -40Q-32 -54 -12 -54L8 -52L17 -88Q22 -96 32 -92L46 -82Q48 -74 40 -74L28 -76L20 -38V-26H-34Z",
      box(-32, -30, 8, 30, 2),
      box(-6, -30, 8, 30, 2),
      box(12, -30, 8, 30, 2),
    ),
    part(
      "mainDark",
      ellipse(-20, -44, 6, 5),
      ellipse(-4, -38, 6, 5),
      ellipse(12, -48, 4.5),
      ellipse(17, -62, 4),
      ellipse(21, -75, 3.5),
      ellipse(-28, -33, 4),
    ),
    part("ink", ellipse(30, -85, 2.8)),
  ],
};

const lion: NounDrawing = {
  noun: "lion",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 0.9,
  height: 0.44,
  parts: [
    part("mainDark", "M20 -8C50 -6 52 -30 46 -42L38 -40C42 -28 38 -18 20 -18Z", ellipse(43, -46, 9)),
    part("main", "M-28 0C-34 -30 -20 -54 0 -54C20 -54 34 -30 28 0Z"),
    part("mainLight", ellipse(0, -18, 14, 16)),
    part("mainDark", ellipse(0, -66, 40, 36)),
    part("main", ellipse(-22, -90, 9), ellipse(22, -90, 9), ellipse(0, -66, 27, 24)),
    part("mainLight", ellipse(0, -56, 14, 10)),
    part("ink", ellipse(-11, -71, 4), ellipse(11, -71, 4), polygon([-6, -63], [6, -63], [0, -56])),
    part("mainDark", ellipse(-15, -4, 11, 5), ellipse(15, -4, 11, 5)),
  ],
};

export const WILD_ANIMALS: readonly NounDrawing[] = [fox, owl, frog, turtle, giraffe, lion];
