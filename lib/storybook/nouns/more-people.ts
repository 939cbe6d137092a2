import { bar, box, ellipse, type NounDrawing, part, polygon } from "./part";

const face = [part("skin", ellipse(0, -74, 16)), part("ink", ellipse(-6, -74, 3), ellipse(6, -74, 3))];

const wizard: NounDrawing = {
  noun: "wizard",
  family: "person",
  coloured: true,
  zone: "ground",
  aspect: 0.72,
  height: 0.5,
  parts: [
    part("wood", bar(31, 0, 31, -76, 5)),
    part("yellow", ellipse(31, -80, 8)),
    part(
      "main",
      polygon([-14, -62], [14, -62], [28, 0], [-28, 0]),
      polygon([10, -58], [34, -40], [30, -30], [8, -44]),
    ),
    ...face,
    part("white", "M-16 -70Q0 -62 16 -70Q14 -38 0 -28Q-14 -38 -16 -70Z"),
    part("main", polygon([-20, -82], [4, -116], [20, -82])),
    part("mainDark", box(-26, -86, 52, 8, 4)),
    part("yellow", ellipse(2, -94, 4)),
  ],
};

const astronaut: NounDrawing = {
  noun: "astronaut",
  family: "person",
  coloured: true,
  zone: "ground",
  aspect: 0.68,
  height: 0.48,
  parts: [
    part("metalDark", box(-24, -58, 48, 36, 6)),
    part(
      "white",
      box(-17, -30, 15, 28, 5),
      box(2, -30, 15, 28, 5),
      bar(-16, -50, -31, -28, 12),
      bar(16, -50, 31, -28, 12),
      box(-20, -58, 40, 34, 10),
    ),
    part(
      "main",
      box(-19, -8, 18, 8, 4),
      box(1, -8, 18, 8, 4),
      box(-10, -48, 20, 13, 3),
      ellipse(-31, -27, 7),
      ellipse(31, -27, 7),
    ),
    part("white", ellipse(0, -78, 23)),
    part("main", ellipse(0, -77, 17, 14)),
    part("glass", ellipse(0, -77, 13, 10)),
  ],
};

const chef: NounDrawing = {
  noun: "chef",
  family: "person",
  coloured: true,
  zone: "ground",
  aspect: 0.6,
  height: 0.48,
  parts: [
    part("ink", box(-14, -28, 12, 26), box(2, -28, 12, 26), box(-18, -6, 16, 6, 3), box(2, -6, 16, 6, 3)),
    part("white", bar(-14, -52, -27, -30, 10), bar(14, -52, 27, -30, 10), box(-18, -60, 36, 36, 7)),
    part("main", box(-14, -46, 28, 28, 5), polygon([-14, -60], [14, -60], [0, -48])),
    ...face,
    part("white", box(-14, -96, 28, 14), ellipse(-12, -99, 10), ellipse(12, -99, 10), ellipse(0, -103, 11)),
    part("main", box(-15, -87, 30, 6, 2)),
  ],
};

export const MORE_PEOPLE: readonly NounDrawing[] = [wizard, astronaut, chef];
