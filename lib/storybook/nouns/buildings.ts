import { bar, box, ellipse, type NounDrawing, part, polygon } from "./part";

const house: NounDrawing = {
  noun: "house",
  family: "building",
  coloured: true,
  zone: "ground",
  aspect: 1.0,
  height: 0.5,
  parts: [
    part("stoneDark", box(20, -96, 13, 30)),
    part("cream", box(-40, -56, 80, 56)),
    part("main", polygon([-52, -54], [0, -100], [52, -54])),
    part("mainDark", polygon([-52, -54], [-46, -60], [46, -60], [52, -54])),
    part("woodDark", "M-9 0V-28A9 9 0 0 1 9 -28V0Z"),
    part("glass", box(-32, -44, 17, 18, 2), box(16, -44, 17, 18, 2), ellipse(0, -72, 7)),
  ],
};

const castle: NounDrawing = {
  noun: "castle",
  family: "building",
  coloured: true,
  zone: "ground",
  aspect: 1.1,
  height: 0.54,
  parts: [
    part("stoneDark", box(-16, -74, 32, 70)),
    part("main", polygon([-21, -72], [0, -100], [21, -72])),
    part(
      "stone",
      box(-34, -44, 68, 44),
      box(-34, -51, 12, 9),
      box(-12, -51, 10, 9),
      box(3, -51, 10, 9),
      box(22, -51, 12, 9),
    ),
    part("stone", box(-52, -58, 24, 58), box(28, -58, 24, 58)),
    part("main", polygon([-57, -56], [-40, -86], [-23, -56]), polygon([23, -56], [40, -86], [57, -56])),
    part("woodDark", "M-12 0V-20A12 12 0 0 1 12 -20V0Z"),
    part("glass", box(-44, -44, 8, 14, 4), box(36, -44, 8, 14, 4), box(-4, -66, 8, 12, 4)),
  ],
};

const lighthouse: NounDrawing = {
  noun: "lighthouse",
  family: "building",
  coloured: true,
  zone: "ground",
  aspect: 0.46,
  height: 0.6,
  parts: [
    part("white", polygon([-13, -72], [13, -72], [21, 0], [-21, 0])),
    part(
      "main",
      polygon([-14.3, -60], [14.3, -60], [16.4, -42], [-16.4, -42]),
      polygon([-18.4, -24], [18.4, -24], [21, -2], [-21, -2]),
    ),
    part("metalDark", box(-19, -75, 38, 6, 2)),
    part("yellow", box(-10, -88, 20, 14)),
    part("main", "M-14 -87Q0 -108 14 -87Z"),
    part("woodDark", "M-6 0V-12A6 6 0 0 1 6 -12V0Z"),
  ],
};

const barn: NounDrawing = {
  noun: "barn",
  family: "building",
  coloured: true,
  zone: "ground",
  aspect: 1.15,
  height: 0.46,
  parts: [
    part("main", polygon([-48, 0], [-48, -56], [-34, -80], [0, -98], [34, -80], [48, -56], [48, 0])),
    part("mainDark", "M-55 -50L-40 -82L0 -104L40 -82L55 -50L48 -46L34 -76L0 -95L-34 -76L-48 -46Z"),
    part("white", box(-26, -44, 52, 44)),
    part("mainDark", box(-21, -39, 19, 39), box(2, -39, 19, 39)),
    part("white", bar(-21, -38, -2, -2, 5), bar(21, -38, 2, -2, 5)),
    part("glass", ellipse(0, -66, 10)),
  ],
};

const windmill: NounDrawing = {
  noun: "windmill",
  family: "building",
  coloured: true,
  zone: "ground",
  aspect: 0.84,
  height: 0.58,
  parts: [
    part("cream", polygon([-15, -58], [15, -58], [22, 0], [-22, 0])),
    part("main", "M-19 -56Q0 -86 19 -56Z"),
    part("woodDark", "M-7 0V-15A7 7 0 0 1 7 -15V0Z"),
    part("glass", ellipse(0, -36, 6)),
    part(
      "mainLight",
      polygon([2, -62], [32, -94], [42, -84], [6, -58]),
      polygon([-2, -58], [-32, -26], [-42, -36], [-6, -62]),
    ),
    part(
      "mainLight",
      polygon([-2, -62], [-32, -94], [-42, -84], [-6, -58]),
      polygon([2, -58], [32, -26], [42, -36], [6, -62]),
    ),
    part("woodDark", bar(-34, -94, 34, -26, 3), bar(34, -94, -34, -26, 3), ellipse(0, -60, 6)),
  ],
};

const tent: NounDrawing = {
  noun: "tent",
  family: "building",
  coloured: true,
  zone: "ground",
  aspect: 1.3,
  height: 0.38,
  parts: [
    part("main", polygon([0, -94], [62, 0], [-62, 0])),
    part("mainDark", polygon([0, -94], [62, 0], [26, 0])),
    part("ink", polygon([0, -66], [18, 0], [-18, 0])),
    part("mainLight", polygon([0, -94], [-18, 0], [-36, 0])),
    part("yellow", polygon([0, -100], [20, -92], [0, -85])),
  ],
};

export const BUILDINGS: readonly NounDrawing[] = [house, castle, lighthouse, barn, windmill, tent];
