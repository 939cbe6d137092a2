import { box, ellipse, type NounDrawing, part } from "./part";

const palm: NounDrawing = {
  noun: "palm tree",
  family: "plant",
  coloured: false,
  zone: "ground",
  aspect: 0.8,
  height: 0.6,
  parts: [
    part("wood", "M-8 0Q-2 -40 4 -76L12 -76Q8 -40 9 0Z"),
    part(
      "green",
      "M8 -78Q-14 -104 -38 -84Q-40 -78 -38 -70Q-16 -88 8 -78Z",
      "M8 -78Q30 -104 46 -84Q48 -78 44 -68Q30 -88 8 -78Z",
      "M8 -78Q-22 -84 -30 -52Q-6 -72 8 -78Z",
      "M8 -78Q34 -80 38 -50Q18 -72 8 -78Z",
    ),
    part("woodDark", ellipse(2, -74, 5), ellipse(13, -73, 5)),
  ],
};

const cactus: NounDrawing = {
  noun: "cactus",
  family: "plant",
  coloured: true,
  zone: "ground",
  aspect: 0.74,
  height: 0.48,
  parts: [
    part(
      "green",
      "M-14 -30H-22Q-36 -30 -36 -46V-62Q-36 -69 -29 -69Q-22 -69 -22 -62V-46H-14Z",
      "M14 -42H22V-66Q22 -73 29 -73Q36 -73 36 -66V-44Q36 -28 20 -28H14Z",
      box(-14, -94, 28, 94, 14),
    ),
    part("main", ellipse(-8, -94, 8), ellipse(8, -94, 8), ellipse(0, -100, 8), ellipse(29, -74, 7)),
    part("leafDark", box(-6, -78, 4, 66, 2), box(4, -78, 4, 66, 2)),
  ],
};

const pumpkin: NounDrawing = {
  noun: "pumpkin",
  family: "plant",
  coloured: true,
  zone: "ground",
  aspect: 1.15,
  height: 0.36,
  parts: [
    part("woodDark", "M-5 -78Q-8 -96 6 -102L12 -96Q4 -92 5 -78Z"),
    part("mainDark", ellipse(-32, -40, 26, 36), ellipse(32, -40, 26, 36)),
    part("main", ellipse(-16, -41, 25, 40), ellipse(16, -41, 25, 40)),
    part("mainLight", ellipse(0, -41, 15, 41)),
    part("green", "M4 -82Q30 -100 42 -84Q28 -72 4 -80Z"),
  ],
};

const bush: NounDrawing = {
  noun: "bush",
  family: "plant",
  coloured: true,
  zone: "ground",
  aspect: 1.4,
  height: 0.32,
  parts: [
    part("leafDark", ellipse(-34, -30, 34, 30), ellipse(36, -28, 32, 28)),
    part("leaf", ellipse(0, -52, 44, 44), ellipse(-30, -26, 28, 24), ellipse(30, -26, 28, 24)),
    part(
      "main",
      ellipse(-24, -58, 9),
      ellipse(6, -76, 9),
      ellipse(24, -46, 9),
      ellipse(-6, -36, 9),
      ellipse(-42, -28, 9),
      ellipse(46, -24, 9),
    ),
  ],
};

const tulip: NounDrawing = {
  noun: "tulip",
  family: "plant",
  coloured: true,
  zone: "ground",
  aspect: 0.6,
  height: 0.44,
  parts: [
    part(
      "green",
      box(-3, -60, 6, 60),
      "M0 -2Q-28 -14 -26 -48Q-4 -32 0 -2Z",
      "M0 -2Q28 -14 26 -48Q4 -32 0 -2Z",
    ),
    part("mainDark", "M-20 -98Q-8 -88 0 -100Q8 -88 20 -98Q26 -56 0 -56Q-26 -56 -20 -98Z"),
    part("main", "M-20 -98Q2 -84 4 -58Q-26 -54 -20 -98Z", "M20 -98Q-2 -84 -4 -58Q26 -54 20 -98Z"),
  ],
};

export const MORE_PLANTS: readonly NounDrawing[] = [palm, cactus, pumpkin, bush, tulip];
