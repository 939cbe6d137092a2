import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ToolName } from "@/components/masks/engine/mask-editor";
import type { CombineMode } from "@/lib/domain/masks/combine-masks";
import { launchBrowser } from "../support/browser";
import {
  type Dot,
  drawSquares,
  type EditorPage,
  type Mask,
  openEditorPage,
} from "../support/mask-editor-page";
import { type MaskPage, startMaskPage } from "../support/mask-page";
import { eventually } from "../support/studio-page";

let site: MaskPage;
let browser: Browser;
let desk: EditorPage;
let squares: string;
beforeAll(async () => {
  site = await startMaskPage();
  browser = await launchBrowser();
  desk = await openEditorPage(browser, site);
  squares = site.put("squares.png", await drawSquares());
});
afterEach(() => expect(desk.complaints).toEqual([]));
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const choose = (tool: ToolName, combine: CombineMode = "union") =>
  desk.page.evaluate(
    ([name, mode]) => {
      window.masks.editor.setTool(name);
      window.masks.editor.setCombine(mode);
    },
    [tool, combine] as const,
  );

/** Counts pixels where the mask is not what `inside` says, leaving out those that it cannot tell. */
function differing(mask: Mask, inside: (x: number, y: number) => boolean | null): number {
  let count = 0;
  mask.data.forEach((level, i) => {
    const wanted = inside((i % mask.width) + 0.5, Math.floor(i / mask.width) + 0.5);
    if (wanted !== null && level !== (wanted ? 255 : 0)) count += 1;
  });
  return count;
}

/** Inside or outside of a line by more than the window's half pixel. */
const clearly = (signed: number) => (Math.abs(signed) < 0.6 ? null : signed < 0);

describe("shapes", () => {
  it("rectangle and ellipse are filled from corner to corner, and joined as chosen", async () => {
    await desk.open(squares);
    await choose("rectangle");
    await desk.drag([
      { x: 50, y: 40 },
      { x: 120, y: 100 },
      { x: 250, y: 200 },
    ]);
    const boxed = (x: number, y: number) => clearly(Math.max(50 - x, x - 250, 40 - y, y - 200));
    expect(differing(await desk.mask(), boxed)).toBe(0);
    await choose("ellipse", "subtract");
    await desk.drag([
      { x: 100, y: 70 },
      { x: 200, y: 170 },
    ]);
    const round = (x: number, y: number) => clearly(Math.hypot(x - 150, y - 120) - 50);
    const ring = (x: number, y: number) => {
      const [outer, hole] = [boxed(x, y), round(x, y)];
      return outer === null || hole === null ? null : outer && !hole;
    };
    expect(differing(await desk.mask(), ring)).toBe(0);
    await choose("rectangle", "intersect");
    await desk.drag([
      { x: 150, y: 20 },
      { x: 390, y: 290 },
    ]);
    const half = (x: number, y: number) =>
      ring(x, y) === null ? null : Math.abs(x - 150) < 1 ? null : ring(x, y)! && x > 150;
    expect(differing(await desk.mask(), half)).toBe(0);
    const labels = (await desk.told("commit")) as { label: string }[];
    expect(labels.map(({ label }) => label)).toEqual(["Rectangle", "Ellipse", "Rectangle"]);
    await desk.page.evaluate(() => window.masks.editor.undo());
    expect(differing(await desk.mask(), ring)).toBe(0);
  });

  it("Shift makes them square, Alt takes away, and a click alone does nothing", async () => {
    await desk.open(squares);
    await choose("rectangle");
    await desk.click({ x: 30, y: 30 });
    expect((await desk.mask()).area()).toBe(0);
    await desk.page.keyboard.down("Shift");
    await desk.drag([
      { x: 50, y: 50 },
      { x: 150, y: 90 },
    ]);
    await desk.page.keyboard.up("Shift");
    const square = await desk.mask();
    expect([square.at(140, 140), square.at(160, 100)]).toEqual([255, 0]);
    await desk.page.keyboard.down("Alt");
    await desk.drag([
      { x: 60, y: 60 },
      { x: 100, y: 100 },
    ]);
    await desk.page.keyboard.up("Alt");
    expect((await desk.mask()).at(80, 80)).toBe(0);
  });

  it("a polygon is closed at its first corner, by a double click or by Enter; undo takes back a corner", async () => {
    await desk.open(squares);
    await choose("polygon");
    const triangle: Dot[] = [
      { x: 60, y: 60 },
      { x: 260, y: 60 },
      { x: 60, y: 260 },
    ];
    for (const corner of triangle) await desk.click(corner);
    await desk.click(triangle[0]!);
    const inTriangle = (x: number, y: number) =>
      clearly(Math.max(60 - x, 60 - y, (x + y - 320) / Math.SQRT2));
    expect(differing(await desk.mask(), inTriangle)).toBe(0);
    await desk.page.evaluate(() => window.masks.editor.undo());
    expect((await desk.mask()).area()).toBe(0);
    for (const corner of [...triangle, { x: 10, y: 10 }]) await desk.click(corner);
    await desk.page.evaluate(() => window.masks.editor.undo());
    expect(await desk.page.evaluate(() => window.masks.editor.finishShape())).toBe(true);
    expect(differing(await desk.mask(), inTriangle)).toBe(0);
    await desk.page.evaluate(() => window.masks.editor.undo());
    await desk.click(triangle[0]!);
    await desk.click(triangle[1]!);
    const [last] = await desk.client([triangle[2]!]);
    await desk.page.mouse.dblclick(last!.x, last!.y);
    expect(differing(await desk.mask(), inTriangle)).toBe(0);
    await desk.click({ x: 300, y: 200 });
    expect(await desk.page.evaluate(() => window.masks.editor.cancel())).toBe(true);
    expect(await desk.page.evaluate(() => window.masks.editor.cancel())).toBe(false);
  });

  it("a lasso is what it runs around", async () => {
    await desk.open(squares);
    await choose("lasso");
    const circle = Array.from({ length: 90 }, (_, i) => ({
      x: 200 + 100 * Math.cos(i / 14.3),
      y: 150 + 100 * Math.sin(i / 14.3),
    }));
    await desk.drag(circle);
    const round = (x: number, y: number) => {
      const away = Math.hypot(x - 200, y - 150) - 100;
      return Math.abs(away) < 1.2 ? null : away < 0;
    };
    expect(differing(await desk.mask(), round)).toBe(0);
  });
});

describe("fills", () => {
  it("the wand takes what has the clicked colour, here or everywhere", async () => {
    await desk.open(squares, { wand: { tolerance: 10, contiguous: true } });
    await choose("wand");
    await desk.click({ x: 150, y: 100 });
    const inGreen = (x: number, y: number) => x > 100 && x < 200 && y > 60 && y < 160;
    await eventually(async () => (await desk.mask()).area()).toBe(100 * 100);
    expect(differing(await desk.mask(), inGreen)).toBe(0);
    await choose("wand", "replace");
    await desk.page.evaluate(() => window.masks.editor.setWand({ tolerance: 200, contiguous: false }));
    await desk.click({ x: 270, y: 80 });
    await eventually(async () => (await desk.mask()).area()).toBe(400 * 300);
    expect(await desk.told("problem")).toEqual([]);
    expect((await desk.told("busy")).at(-1)).toBeNull();
  });

  it("the bucket fills a hole, and with Alt takes a piece away", async () => {
    await desk.open(squares);
    await choose("rectangle");
    await desk.drag([
      { x: 50, y: 50 },
      { x: 200, y: 200 },
    ]);
    await choose("rectangle", "subtract");
    await desk.drag([
      { x: 80, y: 80 },
      { x: 150, y: 150 },
    ]);
    await choose("rectangle");
    await desk.drag([
      { x: 300, y: 50 },
      { x: 350, y: 100 },
    ]);
    await choose("bucket");
    const before = (await desk.mask()).area();
    await desk.click({ x: 100, y: 100 });
    await eventually(async () => (await desk.mask()).at(100, 100)).toBe(255);
    const filled = await desk.mask();
    expect(filled.area()).toBeGreaterThan(before + 4000);
    expect(filled.at(20, 20)).toBe(0);
    await desk.page.keyboard.down("Alt");
    await desk.click({ x: 320, y: 70 });
    await desk.page.keyboard.up("Alt");
    await eventually(async () => (await desk.mask()).at(320, 70)).toBe(0);
    expect((await desk.mask()).at(100, 100)).toBe(255);
  });
});

describe("the segmenter's tools", () => {
  it("tell clicks on and off the object, and a box that replaces them", async () => {
    await desk.open(squares);
    await choose("points");
    await desk.click({ x: 150.5, y: 100.5 });
    await desk.page.keyboard.down("Alt");
    await desk.click({ x: 270.5, y: 80.5 });
    await desk.page.keyboard.up("Alt");
    expect(await desk.told("pick")).toEqual([
      { points: [{ x: 150, y: 100, positive: true }], box: null },
      {
        points: [
          { x: 150, y: 100, positive: true },
          { x: 270, y: 80, positive: false },
        ],
        box: null,
      },
    ]);
    await choose("box");
    await desk.drag([
      { x: 90, y: 50 },
      { x: 210, y: 170 },
    ]);
    const { points, box } = (await desk.told("pick")).at(-1) as {
      points: unknown[];
      box: { x: number; width: number };
    };
    expect(points).toEqual([]);
    expect(Math.abs(box.x - 90)).toBeLessThanOrEqual(1);
    expect(Math.abs(box.width - 120)).toBeLessThanOrEqual(2);
    expect((await desk.mask()).area()).toBe(0);
  });

  it("show a proposal, which is taken as one step or dropped with the clicks", async () => {
    await desk.open(squares, { view: { display: "overlay" } });
    await choose("points");
    await desk.click({ x: 150, y: 100 });
    const propose = () =>
      desk.page.evaluate(() => {
        const data = new Uint8Array(400 * 300);
        for (let y = 60; y < 160; y++) data.fill(255, y * 400 + 100, y * 400 + 200);
        window.masks.editor.propose({ width: 400, height: 300, data });
      });
    await propose();
    expect(await desk.colourAt({ x: 120, y: 80 })).not.toEqual([0x20, 0xc0, 0x40]);
    expect((await desk.mask()).area()).toBe(0);
    expect(await desk.page.evaluate(() => window.masks.editor.cancel())).toBe(true);
    expect(await desk.colourAt({ x: 120, y: 80 })).toEqual([0x20, 0xc0, 0x40]);
    expect(await desk.page.evaluate(() => window.masks.editor.pick.points)).toEqual([]);
    await propose();
    expect(await desk.page.evaluate(() => window.masks.editor.acceptProposal("union"))).toBe(true);
    expect((await desk.mask()).area()).toBe(100 * 100);
    await desk.page.evaluate(() => window.masks.editor.undo());
    expect((await desk.mask()).area()).toBe(0);
    const size = await desk.page.evaluate(() => {
      try {
        window.masks.editor.propose({ width: 5, height: 5, data: new Uint8Array(25) });
        return "taken";
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(size).toBe("The mask has 5 × 5 pixels; the image has 400 × 300.");
  });

  it("show a proposal that is known to lie in a box, and nothing of the one before it", async () => {
    await desk.open(squares, { view: { display: "overlay" } });
    const propose = (x: number, y: number) =>
      desk.page.evaluate(
        ({ x, y }) => {
          const data = new Uint8Array(400 * 300);
          for (let row = y; row < y + 50; row++) data.fill(255, row * 400 + x, row * 400 + x + 60);
          window.masks.editor.propose({ width: 400, height: 300, data }, { x, y, width: 60, height: 50 });
        },
        { x, y },
      );
    const dots = [
      { x: 120, y: 80 },
      { x: 330, y: 240 },
      { x: 30, y: 260 },
    ];
    const colours = () => Promise.all(dots.map((dot) => desk.colourAt(dot)));
    const plain = await colours();
    await propose(100, 60);
    const [here] = await colours();
    expect(await colours()).toEqual([here, plain[1], plain[2]]);
    expect(here).not.toEqual(plain[0]);
    await propose(300, 220);
    const [, there] = await colours();
    expect(await colours()).toEqual([plain[0], there, plain[2]]);
    expect(there).not.toEqual(plain[1]);
    await desk.page.evaluate(() => window.masks.editor.propose(null));
    expect(await colours()).toEqual(plain);
  });
});

describe("operations and layers", () => {
  it("shows a preview in the mask's place, and puts it in as one step", async () => {
    await desk.open(squares, {
      brush: { size: 40 },
      view: { display: "overlay", opacity: 1, color: "#ff0000" },
    });
    await desk.click({ x: 50, y: 250 });
    const stroke = (await desk.mask()).data;
    const invert = () =>
      desk.page.evaluate(() => {
        const mask = window.masks.editor.getMask();
        window.masks.editor.preview({ ...mask, data: mask.data.map((level) => 255 - level) });
      });
    await invert();
    await desk.page.mouse.move(5, 5);
    expect(await desk.colourAt({ x: 350, y: 250 })).toEqual([255, 0, 0]);
    expect(await desk.colourAt({ x: 50, y: 250 })).toEqual([128, 128, 128]);
    expect((await desk.mask()).data.equals(stroke)).toBe(true);
    // Nobody draws on what is not the mask.
    await desk.click({ x: 200, y: 250 });
    expect(await desk.told("problem")).toHaveLength(1);
    await desk.page.evaluate(() => window.masks.editor.preview(null));
    expect(await desk.colourAt({ x: 350, y: 250 })).toEqual([128, 128, 128]);
    await invert();
    expect(await desk.page.evaluate(() => window.masks.editor.commitPreview("Invert"))).toBe(true);
    const inverted = await desk.mask();
    expect(inverted.data.every((level, i) => level === 255 - stroke[i]!)).toBe(true);
    expect(await desk.page.evaluate(() => window.masks.editor.history.undo)).toBe("Invert");
    await desk.page.evaluate(() => window.masks.editor.undo());
    expect((await desk.mask()).data.equals(stroke)).toBe(true);
  });

  it("shows a reference layer, and takes from it by level", async () => {
    await desk.open(squares, { brush: { size: 20 }, view: { display: "overlay" } });
    await desk.click({ x: 300, y: 250 });
    await desk.page.evaluate(() => {
      const data = new Uint8Array(400 * 300);
      for (let y = 200; y < 280; y++) data.fill(77, y * 400 + 20, y * 400 + 120);
      window.masks.editor.setLayer("soft", { width: 400, height: 300, data });
      window.masks.editor.showLayer("soft");
    });
    expect(await desk.colourAt({ x: 60, y: 240 })).not.toEqual([128, 128, 128]);
    expect(await desk.page.evaluate(() => window.masks.editor.takeLayer("soft", "union"))).toBe(true);
    const mask = await desk.mask();
    expect([mask.at(60, 240), mask.at(300, 250), mask.at(150, 240)]).toEqual([77, 255, 0]);
    expect(await desk.page.evaluate(() => window.masks.editor.takeLayer("none", "union"))).toBe(false);
    await desk.page.evaluate(() => window.masks.editor.showLayer(null));
    await desk.page.evaluate(() => window.masks.editor.undo());
    expect(await desk.colourAt({ x: 60, y: 240 })).toEqual([128, 128, 128]);
  });
});

describe("without a mouse", () => {
  it("draws with the keyboard's pointer", async () => {
    await desk.open(squares, { brush: { size: 10 } });
    await desk.page.evaluate(() => {
      const { editor } = window.masks;
      editor.moveCursor(-100, 0);
      editor.pressCursor(true);
      for (let i = 0; i < 20; i++) editor.moveCursor(10, 0);
      editor.pressCursor(false);
    });
    const mask = await desk.mask();
    expect([mask.at(101, 150), mask.at(200, 150), mask.at(299, 150), mask.at(200, 160)]).toEqual([
      255, 255, 255, 0,
    ]);
  });
});
