import { bar, box, ellipse, type NounDrawing, part, polygon } from "./part";

const wheel = (x: number, r: number) => [
  part("ink", ellipse(x, -r, r)),
  part("metal", ellipse(x, -r, r * 0.48)),
];

const car: NounDrawing = {
  noun: "car",
  family: "vehicle",
  coloured: true,
  zone: "ground",
  aspect: 1.75,
  height: 0.34,
  parts: [
    part("main", "M-50 -58Q-46 -96 -28 -100H22Q40 -98 50 -62Z"),
    part("glass", "M-42 -60Q-38 -88 -26 -90H-4V-60Z", "M4 -90H20Q32 -88 40 -60H4Z"),
    part("main", "M-86 -34Q-86 -60 -62 -62H62Q86 -58 88 -36V-22Q88 -16 80 -16H-80Q-86 -16 -86 -22Z"),
    part("mainDark", box(-86, -30, 174, 14, 6)),
    part("yellow", ellipse(80, -42, 7, 8)),
    ...wheel(-48, 21),
    ...wheel(50, 21),
  ],
};

const bus: NounDrawing = {
  noun: "bus",
  family: "vehicle",
  coloured: true,
  zone: "ground",
  aspect: 1.62,
  height: 0.4,
  parts: [
    part("main", box(-80, -100, 160, 86, 12)),
    part("mainDark", box(-80, -40, 160, 10)),
    part("glass", box(-70, -86, 26, 30, 4), box(-38, -86, 26, 30, 4), box(-6, -86, 26, 30, 4)),
    part("glass", "M30 -86H66Q72 -86 72 -80V-54H30Z"),
    part("yellow", ellipse(73, -27, 6)),
    ...wheel(-44, 18),
    ...wheel(46, 18),
  ],
};

const truck: NounDrawing = {
  noun: "truck",
  family: "vehicle",
  coloured: true,
  zone: "ground",
  aspect: 1.7,
  height: 0.38,
  parts: [
    part("metalDark", box(-84, -32, 168, 14, 3)),
    part("cream", box(-84, -100, 104, 74, 4)),
    part("main", box(-84, -72, 104, 18)),
    part("main", "M26 -82H56Q62 -82 66 -74L76 -52Q84 -50 84 -42V-22H26Z"),
    part("glass", "M36 -74H54L64 -52H36Z"),
    part("yellow", ellipse(78, -33, 6)),
    ...wheel(-54, 20),
    ...wheel(50, 20),
  ],
};

const train: NounDrawing = {
  noun: "train",
  family: "vehicle",
  coloured: true,
  zone: "ground",
  aspect: 1.6,
  height: 0.42,
  parts: [
    part("mainDark", box(30, -92, 16, 36), polygon([24, -100], [52, -100], [46, -84], [30, -84])),
    part("mainDark", "M-6 -66A13 13 0 0 1 20 -66Z"),
    part("main", box(-20, -68, 88, 44, 12)),
    part("mainDark", box(-76, -100, 66, 12, 4)),
    part("main", box(-70, -90, 54, 66)),
    part("glass", box(-58, -78, 30, 28, 3)),
    part("yellow", box(26, -68, 7, 44), ellipse(69, -46, 9)),
    part("metalDark", box(-74, -26, 148, 10, 3), polygon([66, -26], [84, -2], [58, -2])),
    ...wheel(-48, 17),
    ...wheel(-6, 14),
    ...wheel(32, 14),
  ],
};

const tractor: NounDrawing = {
  noun: "tractor",
  family: "vehicle",
  coloured: true,
  zone: "ground",
  aspect: 1.3,
  height: 0.42,
  parts: [
    part("metalDark", box(40, -84, 8, 34, 2)),
    part("mainDark", box(-48, -100, 58, 9, 4), box(-42, -94, 7, 40), box(0, -94, 7, 40)),
    part("glass", box(-35, -91, 35, 36)),
    part("main", "M-48 -60H4L10 -62H52Q62 -60 62 -46V-24H-48Z"),
    part("mainDark", box(20, -50, 34, 7), box(20, -38, 34, 7)),
    part("ink", ellipse(-30, -30, 30)),
    part("yellow", ellipse(-30, -30, 15)),
    part("ink", ellipse(-30, -30, 5)),
    part("ink", ellipse(44, -18, 18)),
    part("yellow", ellipse(44, -18, 8)),
  ],
};

const boat: NounDrawing = {
  noun: "boat",
  family: "vehicle",
  coloured: true,
  zone: "water",
  aspect: 1.0,
  height: 0.48,
  places: ["beach", "lake"],
  parts: [
    part("wood", box(-4, -98, 6, 74)),
    part("white", "M6 -94Q34 -60 44 -34H6Z"),
    part("mainLight", "M-8 -86Q-34 -60 -40 -34H-8Z"),
    part("main", "M-52 -28H54Q46 -2 32 0H-30Q-46 -4 -52 -28Z"),
    part("mainDark", "M-48 -16H50Q44 -2 32 0H-30Q-42 -4 -48 -16Z"),
    part("red", polygon([2, -100], [22, -94], [2, -88])),
  ],
};

const balloon: NounDrawing = {
  noun: "balloon",
  family: "vehicle",
  coloured: true,
  zone: "sky",
  aspect: 0.74,
  height: 0.46,
  parts: [
    part("woodDark", bar(-17, -36, -9, -14, 3), bar(17, -36, 9, -14, 3)),
    part("main", "M0 -100C46 -100 48 -58 18 -32H-18C-48 -58 -46 -100 0 -100Z"),
    part("mainLight", "M0 -100C22 -96 22 -56 8 -32H-8C-22 -56 -22 -96 0 -100Z"),
    part("main", "M0 -100C9 -96 8 -56 3 -32H-3C-8 -56 -9 -96 0 -100Z"),
    part("mainDark", box(-18, -36, 36, 6, 3)),
    part("wood", box(-12, -18, 24, 18, 4)),
    part("woodDark", box(-13, -18, 26, 5, 2)),
  ],
};

const rocket: NounDrawing = {
  noun: "rocket",
  family: "vehicle",
  coloured: true,
  zone: "ground",
  aspect: 0.62,
  height: 0.56,
  parts: [
    part("mainDark", "M-15 -40Q-34 -28 -32 -2L-14 -14Z", "M15 -40Q34 -28 32 -2L14 -14Z"),
    part("metalDark", polygon([-10, -14], [10, -14], [14, 0], [-14, 0])),
    part("white", "M0 -100C24 -80 24 -40 15 -12H-15C-24 -40 -24 -80 0 -100Z"),
    part("main", "M0 -100C11 -91 17 -80 19 -70H-19C-17 -80 -11 -91 0 -100Z"),
    part("main", "M-18 -28H18L15 -12H-15Z"),
    part("metalDark", ellipse(0, -52, 10)),
    part("glass", ellipse(0, -52, 7)),
  ],
};

export const VEHICLES: readonly NounDrawing[] = [car, bus, truck, train, tractor, boat, balloon, rocket];
