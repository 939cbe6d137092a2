import { bar, box, ellipse, type NounDrawing, part, polygon } from "./part";

const chair: NounDrawing = {
  noun: "chair",
  family: "thing",
  coloured: true,
  zone: "ground",
  aspect: 0.66,
  height: 0.42,
  parts: [
    part("mainDark", box(-26, -46, 9, 46, 2), box(18, -46, 9, 46, 2), box(-8, -40, 8, 32, 2)),
    part(
      "main",
      box(-28, -100, 11, 60, 4),
      box(-28, -100, 46, 12, 4),
      box(-28, -78, 46, 12, 4),
      box(9, -100, 10, 56, 4),
    ),
    part("mainLight", box(-30, -54, 62, 13, 5)),
  ],
};

const gift: NounDrawing = {
  noun: "gift",
  family: "thing",
  coloured: true,
  zone: "ground",
  aspect: 0.95,
  height: 0.36,
  parts: [
    part("main", box(-42, -66, 84, 66, 4)),
    part("mainDark", box(-48, -76, 96, 20, 4)),
    part("yellow", box(-8, -76, 16, 76), ellipse(-17, -86, 16, 11), ellipse(17, -86, 16, 11)),
    part("cream", ellipse(-17, -86, 7, 4), ellipse(17, -86, 7, 4), ellipse(0, -80, 7)),
  ],
};

const mailbox: NounDrawing = {
  noun: "mailbox",
  family: "thing",
  coloured: true,
  zone: "ground",
  aspect: 0.72,
  height: 0.44,
  parts: [
    part("wood", box(-6, -52, 12, 52)),
    part("main", "M-36 -48V-78Q-36 -98 -16 -98H18Q38 -98 38 -78V-48Z"),
    part("mainDark", "M-36 -48V-78Q-36 -98 -18 -98Q0 -98 0 -78V-48Z"),
    part("white", box(-28, -78, 20, 14, 2)),
    part("red", box(22, -84, 5, 26), box(22, -84, 20, 12, 2)),
  ],
};

const clock: NounDrawing = {
  noun: "clock",
  family: "thing",
  coloured: true,
  zone: "ground",
  aspect: 0.86,
  height: 0.4,
  parts: [
    part(
      "mainDark",
      ellipse(-24, -88, 14, 11),
      ellipse(24, -88, 14, 11),
      bar(-22, -14, -30, 0, 9),
      bar(22, -14, 30, 0, 9),
    ),
    part("main", ellipse(0, -46, 42)),
    part("white", ellipse(0, -46, 31)),
    part("ink", bar(0, -46, 0, -70, 6), bar(0, -46, 16, -38, 6), ellipse(0, -46, 5)),
  ],
};

const drum: NounDrawing = {
  noun: "drum",
  family: "thing",
  coloured: true,
  zone: "ground",
  aspect: 1.1,
  height: 0.34,
  parts: [
    part("main", "M-50 -72V-18Q0 8 50 -18V-72Z"),
    part(
      "yellow",
      ...[-46, -15, 16].map((x) => polygon([x, -62], [x + 8, -62], [x + 23, -14], [x + 15, -14])),
    ),
    part("mainDark", "M-50 -24V-14Q0 12 50 -14V-24Q0 2 -50 -24Z"),
    part("cream", ellipse(0, -72, 52, 17)),
    part("wood", bar(-30, -96, 10, -74, 6), bar(34, -100, -4, -70, 6)),
  ],
};

const barrel: NounDrawing = {
  noun: "barrel",
  family: "thing",
  coloured: true,
  zone: "ground",
  aspect: 0.78,
  height: 0.38,
  parts: [
    part("main", "M-30 -94Q-44 -50 -30 -4Q0 6 30 -4Q44 -50 30 -94Z"),
    part("mainDark", ellipse(0, -94, 30, 7)),
    part(
      "metalDark",
      "M-34 -76Q0 -66 34 -76L36 -66Q0 -56 -36 -66Z",
      "M-36 -34Q0 -24 36 -34L34 -24Q0 -14 -34 -24Z",
    ),
  ],
};

const lantern: NounDrawing = {
  noun: "lantern",
  family: "thing",
  coloured: true,
  zone: "ground",
  aspect: 0.6,
  height: 0.42,
  parts: [
    part("metalDark", "M-14 -84Q-14 -104 0 -104Q14 -104 14 -84H8Q8 -97 0 -97Q-8 -97 -8 -84Z"),
    part("main", polygon([-26, -70], [-14, -88], [14, -88], [26, -70]), box(-28, -14, 56, 14, 4)),
    part("yellow", box(-22, -70, 44, 56)),
    part("white", ellipse(0, -40, 11, 17)),
    part("mainDark", box(-26, -72, 7, 60), box(19, -72, 7, 60)),
  ],
};

export const MORE_THINGS: readonly NounDrawing[] = [chair, gift, mailbox, clock, drum, barrel, lantern];
