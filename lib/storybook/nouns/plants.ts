import { box, ellipse, type NounDrawing, part, polygon } from "./part";

const tree: NounDrawing = {
  noun: "tree",
  family: "plant",
  coloured: false,
  zone: "ground",
  aspect: 0.8,
  height: 0.58,
  parts: [
    part("wood", "M-7 -50L-11 0H11L7 -50Z"),
    part("leafDark", ellipse(-20, -48, 20, 17), ellipse(20, -48, 20, 17)),
    part("leaf", ellipse(0, -76, 28, 24), ellipse(-20, -60, 20, 18), ellipse(20, -60, 20, 18)),
  ],
};

const pine: NounDrawing = {
  noun: "pine tree",
  family: "plant",
  coloured: false,
  zone: "ground",
  aspect: 0.6,
  height: 0.58,
  parts: [
    part("woodDark", box(-6, -18, 12, 18)),
    part(
      "pine",
      polygon([0, -66], [31, -14], [-31, -14]),
      polygon([0, -84], [25, -38], [-25, -38]),
      polygon([0, -100], [19, -62], [-19, -62]),
    ),
    part(
      "pineTop",
      polygon([0, -100], [11, -78], [0, -82], [-11, -78]),
      polygon([-9, -66], [-25, -38], [-12, -44], [2, -40]),
      polygon([-14, -42], [-31, -14], [-14, -22], [2, -16]),
    ),
  ],
};

const flower: NounDrawing = {
  noun: "flower",
  family: "plant",
  coloured: true,
  zone: "ground",
  aspect: 0.66,
  height: 0.46,
  parts: [
    part(
      "green",
      box(-3, -56, 6, 56),
      "M0 -6Q-30 -8 -32 -34Q-8 -34 0 -6Z",
      "M0 -12Q26 -14 30 -38Q6 -36 0 -12Z",
    ),
    part(
      "main",
      ...[0, 60, 120, 180, 240, 300].map((deg) =>
        ellipse(19 * Math.sin((deg * Math.PI) / 180), -68 - 19 * Math.cos((deg * Math.PI) / 180), 13),
      ),
    ),
    part("mainDark", ellipse(0, -68, 14)),
    part("yellow", ellipse(0, -68, 11)),
  ],
};

const mushroom: NounDrawing = {
  noun: "mushroom",
  family: "plant",
  coloured: true,
  zone: "ground",
  aspect: 1.0,
  height: 0.4,
  parts: [
    part("cream", "M-15 -48Q-12 -20 -20 0H20Q12 -20 15 -48Z"),
    part("mainDark", ellipse(0, -47, 46, 9)),
    part("main", "M-50 -46C-50 -82 -26 -98 0 -98C26 -98 50 -82 50 -46Q0 -36 -50 -46Z"),
    part(
      "white",
      ellipse(-24, -64, 9, 8),
      ellipse(8, -80, 10, 8),
      ellipse(28, -57, 8, 7),
      ellipse(-2, -55, 6, 5),
    ),
  ],
};

export const PLANTS: readonly NounDrawing[] = [tree, pine, flower, mushroom];
