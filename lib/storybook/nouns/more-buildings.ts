import { box, ellipse, type NounDrawing, part, polygon } from "./part";

const church: NounDrawing = {
  noun: "church",
  family: "building",
  coloured: true,
  zone: "ground",
  aspect: 0.9,
  height: 0.58,
  parts: [
    part("yellow", box(-27, -104, 5, 16), box(-31, -100, 13, 5)),
    part("cream", box(-38, -64, 27, 64), box(-14, -40, 56, 40)),
    part("main", polygon([-42, -62], [-24.5, -92], [-7, -62]), polygon([-16, -38], [14, -60], [46, -38])),
    part("woodDark", "M-33 0V-16A8.5 8.5 0 0 1 -16 -16V0Z"),
    part("glass", ellipse(-24.5, -46, 7), box(2, -30, 9, 18, 4), box(22, -30, 9, 18, 4)),
  ],
};

const igloo: NounDrawing = {
  noun: "igloo",
  family: "building",
  coloured: false,
  zone: "ground",
  aspect: 1.4,
  height: 0.36,
  parts: [
    part("white", "M-62 0C-62 -64 -34 -98 0 -98C34 -98 62 -64 62 0Z"),
    part(
      "glass",
      box(-44, -50, 30, 6, 3),
      box(14, -50, 30, 6, 3),
      box(-14, -78, 34, 6, 3),
      box(-54, -22, 24, 6, 3),
      box(34, -22, 20, 6, 3),
    ),
    part("metal", "M-26 0V-24A26 26 0 0 1 26 -24V0Z"),
    part("ink", "M-16 0V-22A16 16 0 0 1 16 -22V0Z"),
  ],
};

const skyscraper: NounDrawing = {
  noun: "skyscraper",
  family: "building",
  coloured: true,
  zone: "ground",
  aspect: 0.5,
  height: 0.64,
  parts: [
    part("metalDark", box(-1.5, -100, 4, 14)),
    part("main", box(-14, -90, 28, 12), box(-24, -80, 48, 80)),
    part("mainDark", box(8, -80, 16, 80)),
    part(
      "glass",
      ...[-72, -58, -44, -30].flatMap((y) => [
        box(-18, y, 9, 9, 1),
        box(-4, y, 9, 9, 1),
        box(11, y, 9, 9, 1),
      ]),
    ),
    part("woodDark", box(-8, -14, 16, 14)),
  ],
};

const hut: NounDrawing = {
  noun: "hut",
  family: "building",
  coloured: true,
  zone: "ground",
  aspect: 1.0,
  height: 0.44,
  parts: [
    part("wood", box(-34, -50, 68, 50)),
    part("woodDark", box(-34, -36, 68, 4), box(-34, -18, 68, 4)),
    part("main", "M-52 -42Q-26 -92 0 -100Q26 -92 52 -42Q26 -50 0 -44Q-26 -50 -52 -42Z"),
    part("mainDark", "M-52 -42Q-26 -50 0 -44Q26 -50 52 -42L49 -48Q26 -58 0 -52Q-26 -58 -49 -48Z"),
    part("ink", "M-11 0V-24A11 11 0 0 1 11 -24V0Z"),
  ],
};

export const MORE_BUILDINGS: readonly NounDrawing[] = [church, igloo, skyscraper, hut];
