import { bar, box, ellipse, type NounDrawing, part, polygon } from "./part";

const cow: NounDrawing = {
  noun: "cow",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 1.3,
  height: 0.42,
  parts: [
    part("mainDark", bar(-50, -66, -60, -30, 6), ellipse(-60, -28, 6, 8)),
    part("mainDark", box(-32, -34, 14, 34, 3), box(14, -34, 14, 34, 3)),
    part("main", box(-52, -76, 88, 46, 17), box(-48, -40, 14, 40, 3), box(0, -40, 14, 40, 3)),
    part("white", ellipse(-26, -60, 15, 11), ellipse(8, -48, 13, 10)),
    part("cream", "M34 -92Q28 -102 34 -104L42 -92Z", "M58 -92Q66 -102 60 -104L50 -92Z"),
    part("main", box(30, -94, 34, 46, 14), ellipse(24, -84, 10, 6), ellipse(70, -84, 10, 6)),
    part("rose", ellipse(48, -54, 19, 13)),
    part("ink", ellipse(39, -76, 4), ellipse(56, -76, 4), ellipse(42, -54, 3), ellipse(54, -54, 3)),
  ],
};

const sheep: NounDrawing = {
  noun: "sheep",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 1.25,
  height: 0.38,
  parts: [
    part("ink", box(-30, -28, 12, 28, 4), box(12, -28, 12, 28, 4)),
    part(
      "main",
      ellipse(-34, -48, 24, 24),
      ellipse(-10, -66, 28, 26),
      ellipse(18, -58, 26, 26),
      ellipse(-10, -36, 34, 20),
    ),
    part("mainLight", ellipse(-16, -76, 14, 7), ellipse(-42, -56, 9, 7)),
    part("ink", ellipse(40, -66, 18, 22), ellipse(24, -74, 11, 6)),
    part("main", ellipse(38, -88, 16, 11)),
    part("white", ellipse(46, -70, 5)),
  ],
};

const pig: NounDrawing = {
  noun: "pig",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 1.3,
  height: 0.36,
  parts: [
    part(
      "mainDark",
      "M-56 -62Q-72 -66 -66 -76Q-58 -76 -60 -68Q-54 -66 -50 -68Z",
      box(-34, -28, 16, 28, 5),
      box(16, -28, 16, 28, 5),
    ),
    part("main", ellipse(-4, -52, 54, 36), box(-44, -30, 16, 30, 5), box(4, -30, 16, 30, 5)),
    part("mainDark", polygon([20, -92], [26, -108], [40, -90])),
    part("main", ellipse(40, -64, 28, 28)),
    part("mainLight", ellipse(60, -58, 13, 14)),
    part("ink", ellipse(42, -74, 4.4), ellipse(58, -58, 3), ellipse(66, -58, 3)),
  ],
};

const hen: NounDrawing = {
  noun: "hen",
  family: "animal",
  coloured: true,
  zone: "ground",
  aspect: 1.0,
  height: 0.38,
  parts: [
    part(
      "beak",
      box(-8, -16, 6, 14),
      box(10, -16, 6, 14),
      ellipse(-2, -2.5, 10, 3.5),
      ellipse(16, -2.5, 10, 3.5),
    ),
    part("red", ellipse(20, -96, 7), ellipse(30, -94, 7), ellipse(39, -64, 5, 8)),
    part("mainDark", "M-30 -40Q-62 -58 -50 -86Q-40 -74 -22 -64Z"),
    part(
      "main",
      "M-46 -46Q-30 -56 -8 -54Q8 -58 12 -76Q16 -92 28 -92Q42 -90 40 -68Q44 -14 2 -12Q-38 -12 -46 -46Z",
    ),
    part("mainDark", ellipse(-6, -38, 20, 13)),
    part("beak", polygon([38, -84], [54, -76], [38, -72])),
    part("ink", ellipse(30, -80, 4)),
  ],
};

export const FARM_ANIMALS: readonly NounDrawing[] = [cow, sheep, pig, hen];
