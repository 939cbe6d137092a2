import { bar, box, ellipse, type NounDrawing, part, polygon } from "./part";

const airplane: NounDrawing = {
  noun: "airplane",
  family: "vehicle",
  coloured: true,
  zone: "sky",
  aspect: 1.7,
  height: 0.3,
  parts: [
    part("mainDark", polygon([-84, -100], [-62, -100], [-42, -60], [-78, -60])),
    part("main", "M-84 -66Q-60 -70 40 -70Q82 -66 86 -48Q80 -32 40 -32H-40Q-78 -40 -84 -66Z"),
    part(
      "glass",
      "M46 -68Q70 -66 78 -56H48Z",
      ellipse(-30, -54, 6),
      ellipse(-8, -54, 6),
      ellipse(14, -54, 6),
    ),
    part("mainLight", polygon([20, -46], [-14, -46], [-46, -4], [-24, -4])),
    part("metalDark", ellipse(2, -28, 14, 7)),
  ],
};

const helicopter: NounDrawing = {
  noun: "helicopter",
  family: "vehicle",
  coloured: true,
  zone: "sky",
  aspect: 1.6,
  height: 0.32,
  parts: [
    part("metalDark", box(14, -94, 7, 20), box(-50, -98, 134, 7, 3)),
    part("main", polygon([-84, -76], [-70, -76], [-62, -58], [0, -62], [0, -38], [-72, -52])),
    part("main", ellipse(26, -50, 46, 30)),
    part("glass", "M32 -76Q68 -72 70 -46H36Q32 -46 32 -50Z"),
    part("metalDark", bar(8, -22, 4, -6, 6), bar(42, -22, 46, -6, 6), box(-22, -8, 92, 7, 3)),
  ],
};

const bicycle: NounDrawing = {
  noun: "bicycle",
  family: "vehicle",
  coloured: true,
  zone: "ground",
  aspect: 1.55,
  height: 0.36,
  parts: [
    part("ink", ellipse(-44, -34, 34), ellipse(44, -34, 34)),
    part("cream", ellipse(-44, -34, 26), ellipse(44, -34, 26)),
    part(
      "metalDark",
      bar(-70, -34, -18, -34, 4),
      bar(-44, -60, -44, -8, 4),
      bar(18, -34, 70, -34, 4),
      bar(44, -60, 44, -8, 4),
    ),
    part(
      "main",
      bar(-44, -34, -20, -74, 8),
      bar(-22, -72, 30, -72, 8),
      bar(-4, -34, 30, -76, 8),
      bar(-44, -34, -4, -34, 8),
      bar(44, -34, 28, -88, 8),
      bar(-4, -34, -20, -78, 8),
    ),
    part("ink", box(-36, -86, 32, 9, 4), box(18, -98, 30, 8, 4), ellipse(-4, -34, 8)),
  ],
};

const wagon: NounDrawing = {
  noun: "wagon",
  family: "vehicle",
  coloured: true,
  zone: "ground",
  aspect: 1.4,
  height: 0.32,
  parts: [
    part("wood", bar(52, -46, 76, -92, 6), bar(64, -94, 84, -90, 7)),
    part("main", polygon([-66, -74], [66, -74], [58, -30], [-58, -30])),
    part("mainDark", box(-68, -82, 136, 12, 4)),
    part("ink", ellipse(-36, -22, 22), ellipse(36, -22, 22)),
    part("cream", ellipse(-36, -22, 11), ellipse(36, -22, 11)),
  ],
};

export const MORE_VEHICLES: readonly NounDrawing[] = [airplane, helicopter, bicycle, wagon];
