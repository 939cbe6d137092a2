import { bar, box, ellipse, type NounDrawing, part, polygon } from "./part";

const umbrella: NounDrawing = {
  noun: "umbrella",
  family: "thing",
  coloured: true,
  zone: "ground",
  aspect: 1.0,
  height: 0.48,
  parts: [
    part("woodDark", box(-3, -92, 6, 92)),
    part(
      "main",
      "M-50 -52Q-46 -96 0 -98Q46 -96 50 -52Q42 -60 32 -52Q16 -62 0 -52Q-16 -62 -32 -52Q-42 -60 -50 -52Z",
    ),
    part("mainLight", "M-32 -52Q-28 -84 0 -98Q-8 -80 0 -52Q-16 -62 -32 -52Z"),
    part("mainDark", "M32 -52Q28 -84 0 -98Q42 -96 50 -52Q42 -60 32 -52Z"),
    part("woodDark", ellipse(0, -98, 4)),
  ],
};

const ball: NounDrawing = {
  noun: "ball",
  family: "thing",
  coloured: true,
  zone: "ground",
  aspect: 1.0,
  height: 0.32,
  parts: [
    part("main", ellipse(0, -50, 50)),
    part("white", "M-46 -70Q0 -50 46 -70Q50 -60 50 -48Q0 -26 -50 -48Q-50 -60 -46 -70Z"),
    part("mainDark", "M-40 -20Q0 2 40 -20Q24 0 0 0Q-24 0 -40 -20Z"),
    part("mainLight", ellipse(-16, -82, 12, 7)),
  ],
};

const kite: NounDrawing = {
  noun: "kite",
  family: "thing",
  coloured: true,
  zone: "sky",
  aspect: 0.7,
  height: 0.44,
  parts: [
    part("woodDark", "M-2 -34C16 -24 -20 -16 -4 0L1 0C-12 -16 24 -22 3 -34Z"),
    part("main", polygon([0, -100], [34, -68], [0, -32], [-34, -68])),
    part("mainLight", polygon([0, -100], [0, -68], [-34, -68]), polygon([0, -68], [34, -68], [0, -32])),
    part("mainDark", polygon([2, -20], [15, -28], [15, -12]), polygon([2, -20], [-11, -28], [-11, -12])),
  ],
};

const bench: NounDrawing = {
  noun: "bench",
  family: "thing",
  coloured: true,
  zone: "ground",
  aspect: 1.7,
  height: 0.3,
  parts: [
    part(
      "metalDark",
      box(-68, -92, 9, 92, 2),
      box(59, -92, 9, 92, 2),
      bar(-63, -36, -46, 0, 8),
      bar(63, -36, 46, 0, 8),
    ),
    part("main", box(-82, -98, 164, 18, 4), box(-82, -74, 164, 18, 4), box(-84, -48, 168, 15, 4)),
    part("mainDark", box(-84, -36, 168, 8, 3)),
  ],
};

export const THINGS: readonly NounDrawing[] = [umbrella, ball, kite, bench];
