import { bar, box, ellipse, type NounDrawing, part, polygon } from "./part";

const face = [
  part("skin", ellipse(0, -80, 17)),
  part("ink", ellipse(-6.5, -78, 3), ellipse(6.5, -78, 3)),
  part("rose", ellipse(0, -70, 4.5, 2.6)),
];

const girl: NounDrawing = {
  noun: "girl",
  family: "person",
  coloured: true,
  zone: "ground",
  aspect: 0.64,
  height: 0.46,
  parts: [
    part("hair", "M0 -102Q24 -102 22 -76L26 -56Q18 -52 14 -62H-14Q-18 -52 -26 -56L-22 -76Q-24 -102 0 -102Z"),
    part("skin", box(-12, -22, 9, 20), box(3, -22, 9, 20)),
    part("ink", box(-15, -6, 13, 6, 3), box(2, -6, 13, 6, 3)),
    part("skin", bar(-14, -56, -29, -34, 8), bar(14, -56, 29, -34, 8)),
    part("main", "M-13 -62H13L20 -44L32 -16Q0 -8 -32 -16L-20 -44Z"),
    part("mainDark", "M-29 -23L-32 -16Q0 -8 32 -16L29 -23Q0 -15 -29 -23Z"),
    ...face,
    part("hair", "M-18 -80Q-18 -101 0 -100Q18 -101 18 -80Q8 -92 -4 -90Q-12 -88 -18 -80Z"),
  ],
};

const boy: NounDrawing = {
  noun: "boy",
  family: "person",
  coloured: true,
  zone: "ground",
  aspect: 0.58,
  height: 0.46,
  parts: [
    part("blue", box(-15, -34, 13, 32), box(2, -34, 13, 32)),
    part("ink", box(-19, -7, 17, 7, 3), box(2, -7, 17, 7, 3)),
    part("skin", ellipse(-25, -32, 6), ellipse(25, -32, 6)),
    part(
      "main",
      polygon([-16, -62], [-30, -36], [-20, -32], [-11, -46]),
      polygon([16, -62], [30, -36], [20, -32], [11, -46]),
      box(-18, -64, 36, 36, 8),
    ),
    part("mainDark", box(-18, -36, 36, 8, 3)),
    ...face,
    part("main", "M-19 -83Q-18 -104 0 -104Q18 -104 19 -83Z"),
    part("mainDark", box(-22, -88, 44, 8, 4)),
  ],
};

const robot: NounDrawing = {
  noun: "robot",
  family: "person",
  coloured: true,
  zone: "ground",
  aspect: 0.76,
  height: 0.48,
  parts: [
    part("metalDark", box(-3, -98, 6, 14), box(-20, -18, 12, 16), box(8, -18, 12, 16)),
    part("red", ellipse(0, -97, 6)),
    part(
      "metal",
      box(-38, -54, 12, 32, 6),
      box(26, -54, 12, 32, 6),
      box(-25, -7, 20, 7, 3),
      box(5, -7, 20, 7, 3),
    ),
    part("main", box(-27, -56, 54, 42, 8), box(-23, -88, 46, 30, 8)),
    part("mainDark", ellipse(-27, -73, 6), ellipse(27, -73, 6)),
    part("white", box(-17, -82, 34, 17, 6), box(-16, -46, 32, 20, 4)),
    part("ink", ellipse(-8, -74, 4), ellipse(8, -74, 4)),
    part("red", ellipse(-8, -36, 4)),
    part("yellow", ellipse(6, -36, 5)),
  ],
};

const snowman: NounDrawing = {
  noun: "snowman",
  family: "person",
  coloured: true,
  zone: "ground",
  aspect: 0.76,
  height: 0.46,
  parts: [
    part("woodDark", bar(-20, -46, -40, -60, 4.5), bar(20, -46, 40, -60, 4.5)),
    part("white", ellipse(0, -22, 29, 22), ellipse(0, -48, 23, 18), ellipse(0, -72, 18)),
    part("ink", ellipse(-7, -76, 3), ellipse(7, -76, 3), ellipse(0, -42, 3), ellipse(0, -24, 3)),
    part("beak", polygon([-1, -73], [-1, -66], [18, -68])),
    part(
      "main",
      box(-19, -62, 38, 8, 4),
      box(8, -60, 9, 22, 3),
      box(-12, -104, 24, 20, 2),
      box(-22, -88, 44, 7, 3),
    ),
  ],
};

export const PEOPLE: readonly NounDrawing[] = [girl, boy, robot, snowman];
