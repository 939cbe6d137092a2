import { box, ellipse, polygon } from "./nouns/part";
import { css, hex, type Light, mix, type Rgb } from "./palette";
import { randomSource } from "./random";
import type { Scene } from "./scene";
import type { Brush } from "./styles/brush";

const GROUND = {
  meadow: { spring: "#a5dc6c", summer: "#79c04c", autumn: "#dfb350", winter: "#f1f6fb" },
  beach: { spring: "#f6e0ac", summer: "#f8dc9a", autumn: "#e9cf9d", winter: "#f0eff0" },
  mountains: { spring: "#94d47c", summer: "#6cb562", autumn: "#d3a04e", winter: "#eef4fb" },
  lake: { spring: "#9ed873", summer: "#74bb50", autumn: "#d9aa4c", winter: "#f0f5fb" },
  forest: { spring: "#86cc6a", summer: "#58a048", autumn: "#c98f42", winter: "#e9f0f8" },
  town: { spring: "#c9c3c6", summer: "#c8c0bb", autumn: "#c4b3a6", winter: "#e9eef5" },
} as const;
const HILL = { spring: "#83c977", summer: "#4f9f58", autumn: "#c9853c", winter: "#d5e3f2" } as const;
const WOODS = { spring: "#e79cc2", summer: "#2f7d4b", autumn: "#d0652a", winter: "#b9cde2" } as const;
const WALLS = ["#e8b8a0", "#b9cfe0", "#ecd9a2", "#c5d8b4", "#d9bcd6"] as const;

/** Sky, sun or moon, far scenery and ground, painted from back to front. */
export function paintBackdrop(scene: Scene, light: Light, brush: Brush): string {
  const random = randomSource(scene.seed, 77);
  const shift = random.int(3) * 14 - 14;
  return (
    brush.sky(light.skyTop, light.skyLow) +
    paintHeavens(scene, light, brush, shift) +
    paintFar(scene, light, brush, shift) +
    brush.layer(groundPath(scene, shift), light.onScenery(hex(GROUND[scene.place][scene.season]), 0)) +
    paintDetails(scene, light)
  );
}

function paintHeavens(scene: Scene, light: Light, brush: Brush, shift: number): string {
  if (scene.weather === "clear") {
    if (scene.time === "night") {
      const stars = [
        [24, 30],
        [62, 66],
        [96, 26],
        [134, 58],
        [160, 22],
        [240, 80],
        [44, 104],
        [182, 92],
      ]
        .map(([x, y]) => ellipse(x!, y!, 2.6))
        .join("");
      const moon = `M${212 + shift} 22A22 22 0 1 0 ${234 + shift} 56A18 18 0 0 1 ${212 + shift} 22Z`;
      return `<path d="${stars}" fill="#fff4c2"/>${brush.glow(moon, hex("#fff1b8"))}`;
    }
    if (scene.time === "sunset") return brush.glow(ellipse(190 + shift, 128, 34), hex("#fff0a0"));
    if (scene.time === "dawn") return brush.glow(ellipse(60 + shift, 126, 26), hex("#fff3d8"));
    return (
      brush.glow(ellipse(212 + shift, 40, 21), hex("#ffe04d")) +
      clouds(light, brush, [
        [58 + shift, 52, 1],
        [150 - shift, 80, 0.7],
      ])
    );
  }
  if (scene.weather === "foggy") return "";
  return clouds(light, brush, [
    [46 + shift, 38, 1.25],
    [140 - shift, 26, 1.35],
    [222 + shift, 44, 1.2],
  ]);
}

function clouds(light: Light, brush: Brush, at: readonly (readonly [number, number, number])[]): string {
  const colour = mix(light.skyLow, [255, 255, 255], 0.62);
  return at
    .map(([x, y, k]) =>
      brush.layer(
        `M${x - 34 * k} ${y + 12 * k}a${14 * k} ${14 * k} 0 0 1 ${8 * k} ${-26 * k}a${20 * k} ${20 * k} 0 0 1 ${36 * k} ${-6 * k}a${17 * k} ${17 * k} 0 0 1 ${22 * k} ${32 * k}Z`,
        colour,
      ),
    )
    .join("");
}

function paintFar(scene: Scene, light: Light, brush: Brush, shift: number): string {
  const far = (d: string, code: string, depth: number) => brush.layer(d, light.onScenery(hex(code), depth));
  const hill = HILL[scene.season];
  switch (scene.place) {
    case "meadow":
      return (
        far(`M-20 176V136Q${60 + shift} 104 140 138T280 126V176Z`, hill, 0.55) +
        far(`M-20 190V160Q70 146 ${140 - shift} 160T280 148V190Z`, hill, 0.15)
      );
    case "mountains": {
      const winter = scene.season === "winter";
      const rock = winter ? "#8fa3c4" : "#7d86b0";
      const peak = (x: number, y: number, w: number) =>
        far(polygon([x - w, 180], [x, y], [x + w, 180]), rock, 0.2) +
        far(
          polygon(
            [x, y],
            [x + w * 0.3, y + (180 - y) * 0.3],
            [x + w * 0.1, y + (180 - y) * 0.24],
            [x - w * 0.06, y + (180 - y) * 0.36],
            [x - w * 0.3, y + (180 - y) * 0.3],
          ),
          "#fbfcff",
          0.05,
        );
      return peak(48 + shift, 62, 92) + peak(206 + shift, 70, 96) + peak(126 - shift, 40, 104);
    }
    case "forest": {
      const back =
        [-8, 40, 88, 136, 184, 232, 280].map((x) => ellipse(x + shift / 2, 100, 33)).join("") +
        box(-20, 104, 300, 90);
      const stand = [-2, 52, 206, 260].map((x, i) => [x, 104 + (i % 2) * 14] as const);
      const trunks = stand.map(([x, y]) => box(x - 6, y, 12, 90)).join("");
      const front = stand.map(([x, y]) => ellipse(x, y, 34, 32)).join("");
      return (
        far(back, WOODS[scene.season], 0.7) +
        far(trunks, "#7a5236", 0.25) +
        far(front, WOODS[scene.season], 0.15)
      );
    }
    case "town": {
      const rows = [
        [-14, 104],
        [40, 84],
        [92, 108],
        [146, 90],
        [200, 102],
        [248, 86],
      ] as const;
      return rows
        .map(([x, top], i) => {
          const roof = scene.season === "winter" ? "#eef4fb" : "#a8705f";
          return (
            far(box(x, top, 52, 100), WALLS[i % WALLS.length]!, 0.35) +
            far(polygon([x - 4, top + 2], [x + 26, top - 24], [x + 56, top + 2]), roof, 0.3) +
            `<path d="${box(x + 9, top + 16, 13, 17)}${box(x + 30, top + 16, 13, 17)}" fill="${windowColour(scene, light)}"/>`
          );
        })
        .join("");
    }
    case "beach":
    case "lake": {
      const sea: Rgb = light.onScenery(mix(hex("#2aa6dc"), light.skyTop, 0.3), 0.05);
      const shore =
        scene.place === "lake" ? far(`M-20 150V122Q${50 + shift} 92 120 124T280 112V150Z`, hill, 0.35) : "";
      const waves = [
        [30, 166],
        [112, 180],
        [190, 164],
      ]
        .map(([x, y]) => box(x! + shift, y!, 44, 4.5, 2.2))
        .join("");
      return `${shore + brush.layer("M-20 142H276V250H-20Z", sea)}<path d="${waves}" fill="#fff" opacity=".45"/>`;
    }
  }
}

const windowColour = (scene: Scene, light: Light) => {
  const [r, g, b] = scene.time === "night" ? light.glass : light.onScenery(hex("#7fa3bf"), 0.3);
  return `rgb(${Math.round(r)},${Math.round(g)},${Math.round(b)})`;
};

function groundPath(scene: Scene, shift: number): string {
  if (scene.place === "town") return "M-20 178H276V280H-20Z";
  if (scene.place === "beach" || scene.place === "lake")
    return `M-20 280V198Q${70 + shift} 186 140 200T280 192V280Z`;
  return `M-20 280V178Q${70 + shift} 164 140 176T280 170V280Z`;
}

function paintDetails(scene: Scene, light: Light): string {
  const spots = [
    [26, 216],
    [76, 240],
    [128, 214],
    [182, 242],
    [232, 218],
  ] as const;
  if (scene.place === "town") {
    return `<path d="${[10, 80, 150, 220].map((x) => box(x, 232, 36, 7, 3)).join("")}" fill="#fff" opacity=".55"/>`;
  }
  if (scene.place === "beach") return "";
  const scatter = (d: string, code: string) =>
    `<path d="${d}" fill="${css(light.onScenery(hex(code), 0))}"/>`;
  if (scene.season === "spring")
    return scatter(spots.map(([x, y]) => ellipse(x, y, 4.6)).join(""), "#fff7fb");
  if (scene.season === "autumn")
    return scatter(spots.map(([x, y]) => ellipse(x, y, 6.5, 3.6)).join(""), "#c4501f");
  return "";
}

/** Rain streaks, snowflakes or drifting mist, over everything; the pattern is the same in every picture. */
export function paintWeather(scene: Scene): string {
  const grid = (columns: number, rows: number) =>
    Array.from({ length: columns * rows }, (_, i) => {
      const row = Math.floor(i / columns);
      return [
        ((i % columns) + (row % 2) * 0.5 + 0.25) * (256 / columns),
        (row + 0.35) * (256 / rows),
      ] as const;
    });
  if (scene.weather === "rainy") {
    return `<path d="${grid(7, 6)
      .map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}l-7 22`)
      .join("")}" stroke="#e4f0ff" stroke-width="3" stroke-linecap="round" opacity=".5"/>`;
  }
  if (scene.weather === "snowy") {
    return `<path d="${grid(6, 7)
      .map(([x, y], i) => ellipse(x, y, 3.2 + (i % 3) * 0.7))
      .join("")}" fill="#fff" opacity=".85"/>`;
  }
  if (scene.weather === "foggy") {
    const tone = scene.time === "night" ? "#6f7aa8" : "#f4f5f6";
    return `<g fill="${tone}"><ellipse cx="70" cy="150" rx="130" ry="15" opacity=".34"/><ellipse cx="200" cy="182" rx="130" ry="15" opacity=".26"/><ellipse cx="80" cy="228" rx="140" ry="13" opacity=".26"/></g>`;
  }
  return "";
}
