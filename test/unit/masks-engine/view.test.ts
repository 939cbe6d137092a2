import { describe, expect, it } from "vitest";
import { createMaskLevels } from "@/components/masks/engine/mask-levels";
import { overlayPalette } from "@/components/masks/engine/mask-look";
import { rasteriseMasks } from "@/components/masks/engine/mask-raster";
import {
  centreOf,
  fitViewport,
  levelFor,
  panBy,
  toImage,
  toPane,
  zoomTo,
} from "@/components/masks/engine/viewport";
import { randomNumbers } from "./random";

const image = { width: 4000, height: 3000 };
const pane = { width: 1000, height: 600 };

describe("the view", () => {
  it("fits an image in the middle", () => {
    const view = fitViewport(image, pane);
    expect(view.scale).toBeCloseTo(0.96 * 0.2);
    expect(centreOf(view, pane).x).toBeCloseTo(2000);
    expect(centreOf(view, pane).y).toBeCloseTo(1500);
  });

  it("keeps the point under the cursor when zooming", () => {
    const random = randomNumbers(21);
    let view = fitViewport(image, pane);
    for (let i = 0; i < 200; i++) {
      const at = { x: 300 + random() * 400, y: 200 + random() * 200 };
      const under = toImage(view, at);
      view = zoomTo(view, view.scale * (0.8 + random() * 0.5), at, image, pane);
      const now = toPane(view, under);
      expect(Math.hypot(now.x - at.x, now.y - at.y)).toBeLessThan(1e-6);
    }
  });

  it("zooms no further than a pixel on 64, and no smaller than half of fitted", () => {
    const view = fitViewport(image, pane);
    const middle = { x: 500, y: 300 };
    expect(zoomTo(view, 1e9, middle, image, pane).scale).toBe(64);
    expect(zoomTo(view, 1e-9, middle, image, pane).scale).toBeCloseTo(view.scale / 2);
  });

  it("never loses the image", () => {
    const view = panBy(fitViewport(image, pane), 1e6, -1e6, image, pane);
    expect(view.left).toBe(1000 - 48);
    expect(view.top + image.height * view.scale).toBeCloseTo(48);
  });

  it("takes the level whose pixels are no larger than the screen's", () => {
    expect([1, 0.51, 0.5, 0.26, 0.25, 0.1, 8].map((scale) => levelFor(scale, 1, 6))).toEqual([
      0, 0, 1, 1, 2, 3, 0,
    ]);
    expect(levelFor(0.25, 2, 6)).toBe(1);
    expect(levelFor(0.001, 1, 4)).toBe(3);
  });
});

describe("a mask's halvings", () => {
  /** The mean of the four pixels above each, rounded. */
  function halveAll(data: Uint8Array, width: number, height: number) {
    const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)];
    const out = new Uint8Array(w * h);
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        const [x1, y1] = [Math.min(width - 1, 2 * x + 1), Math.min(height - 1, 2 * y + 1)];
        const at = (u: number, v: number) => data[v * width + u]!;
        const sum = at(2 * x, 2 * y) + at(x1, 2 * y) + at(2 * x, y1) + at(x1, y1);
        out[y * w + x] = Math.floor((sum + 2) / 4);
      }
    }
    return { data: out, width: w, height: h };
  }

  it("are up to date wherever they are read, after any change", () => {
    const random = randomNumbers(31);
    const [width, height] = [777, 531];
    const data = new Uint8Array(width * height);
    const levels = createMaskLevels({ width, height, data });
    for (let round = 0; round < 25; round++) {
      const box = {
        x: Math.floor(random() * 700),
        y: Math.floor(random() * 500),
        width: 1 + Math.floor(random() * 77),
        height: 1 + Math.floor(random() * 31),
      };
      for (let y = box.y; y < box.y + box.height; y++) {
        for (let x = box.x; x < box.x + box.width; x++) data[y * width + x] = Math.floor(random() * 256);
      }
      levels.invalidate(box);
      let expected = { data, width, height };
      levels.levels.forEach((size, level) => {
        if (level > 0) expected = halveAll(expected.data, expected.width, expected.height);
        expect([size.width, size.height]).toEqual([expected.width, expected.height]);
        const whole = { x: 0, y: 0, width: size.width, height: size.height };
        if ((round + level) % 3 === 0)
          expect(Buffer.compare(levels.read(level, whole), expected.data)).toBe(0);
      });
    }
  });
});

describe("the halvings of a mask that is 0 outside of a box", () => {
  const [width, height] = [777, 531];
  const whole = { x: 0, y: 0, width, height };
  it.each([
    ["inside one tile", { x: 31, y: 17, width: 40, height: 3 }],
    ["across tiles, at odd places", { x: 255, y: 301, width: 259, height: 87 }],
    ["at the last column and row", { x: 776, y: 530, width: 1, height: 1 }],
    ["everywhere", whole],
    ["nowhere", null],
  ])("are those of the mask: %s", (_, box) => {
    const random = randomNumbers(33);
    const data = new Uint8Array(width * height);
    for (let y = box?.y ?? height; box && y < box.y + box.height; y++) {
      for (let x = box.x; x < box.x + box.width; x++) data[y * width + x] = Math.floor(random() * 256);
    }
    const all = createMaskLevels({ width, height, data });
    const known = createMaskLevels({ width, height, data }, box);
    expect(known.blank).toBe(box === null);
    known.levels.forEach((size, level) => {
      const box = { x: 0, y: 0, width: size.width, height: size.height };
      expect(Buffer.compare(known.read(level, box), all.read(level, box))).toBe(0);
    });
  });
});

describe("drawing a mask", () => {
  const palette = overlayPalette("#ff0000", 1, "soft");
  const mask = { width: 4, height: 3, data: new Uint8Array([0, 0, 0, 0, 0, 255, 100, 0, 0, 0, 0, 0]) };
  const region = { left: 0, top: 0, originX: 2, originY: 1, line: 1, march: 0 };

  it("shows each pixel's level under the centre of the screen's pixel, and nothing beside the image", () => {
    const out = new Uint32Array(12 * 8).fill(7);
    const levels = createMaskLevels(mask);
    const size = { width: 12, height: 8, scale: 2 };
    rasteriseMasks(out, { ...region, ...size }, [{ levels, palette, edge: null, marching: false }]);
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 12; x++) {
        const [u, v] = [Math.floor((x - 2) / 2), Math.floor((y - 1) / 2)];
        const within = u >= 0 && v >= 0 && u < 4 && v < 3;
        const level = within ? mask.data[v * 4 + u]! : 0;
        const drawn = out[y * 12 + x]!;
        expect(within ? drawn >>> 24 : drawn).toBe(level);
      }
    }
  });

  it("draws the same pixels in parts as at once, edges included", () => {
    const random = randomNumbers(41);
    const [width, height] = [500, 400];
    const data = new Uint8Array(width * height);
    for (let i = 0; i < 40; i++) {
      const [x, y, side] = [random() * 460, random() * 360, random() * 40].map(Math.floor) as [
        number,
        number,
        number,
      ];
      for (let v = y; v < y + side; v++) data.fill(255, v * width + x, v * width + x + side);
    }
    const levels = createMaskLevels({ width, height, data });
    const look = { levels, palette, edge: 0xff00ff00, marching: false };
    for (const scale of [0.23, 0.7, 3]) {
      const whole = new Uint32Array(200 * 160);
      const place = { originX: -10, originY: -15, scale, line: 1, march: 0 };
      rasteriseMasks(whole, { left: 0, top: 0, width: 200, height: 160, ...place }, [look]);
      if (scale < 1) expect(whole.includes(0xff00ff00)).toBe(true);
      const part = new Uint32Array(61 * 47);
      rasteriseMasks(part, { left: 40, top: 30, width: 61, height: 47, ...place }, [look]);
      for (let y = 0; y < 47; y++) {
        expect(part.subarray(y * 61, (y + 1) * 61)).toEqual(
          whole.subarray((y + 30) * 200 + 40, (y + 30) * 200 + 101),
        );
      }
    }
  });

  it("marks the edge in the colour inside and in a shade outside", () => {
    const out = new Uint32Array(40 * 40);
    const data = new Uint8Array(100).fill(0);
    for (let y = 3; y < 7; y++) data.fill(255, y * 10 + 3, y * 10 + 7);
    const levels = createMaskLevels({ width: 10, height: 10, data });
    const look = { levels, palette: overlayPalette("#ff0000", 0, "soft"), edge: 0xffffffff, marching: false };
    rasteriseMasks(out, { ...region, width: 40, height: 40, originX: 0, originY: 0, scale: 4 }, [look]);
    const row = Array.from(out.subarray(20 * 40, 21 * 40), (pixel) => pixel >>> 24);
    // Columns 12 to 27 are inside.
    expect(row[12]).toBe(255);
    expect(row[27]).toBe(255);
    expect(row[11]).toBeGreaterThan(100);
    expect(row[28]).toBeGreaterThan(100);
    expect(row.slice(13, 27).every((alpha) => alpha === 0)).toBe(true);
  });
});
