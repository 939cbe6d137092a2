import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser";
import { type Dot, drawSquares, type EditorPage, openEditorPage } from "../support/mask-editor-page";
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

/** Distance of a point to the stretch from `a` to `b`. */
function distance(x: number, y: number, a: Dot, b: Dot): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
}

/** Pixels of a mask that are set although they are farther than `outer` from a line, or unset within `inner`. */
async function wrongPixels(a: Dot, b: Dot, radius: number): Promise<number> {
  const mask = await desk.mask();
  let wrong = 0;
  mask.data.forEach((level, i) => {
    const away = distance((i % mask.width) + 0.5, Math.floor(i / mask.width) + 0.5, a, b);
    // The pointer lies on whole pixels of the window: half of one is open.
    if (level === 255 ? away > radius + 0.7 : level !== 0 || away < radius - 0.7) wrong += 1;
  });
  return wrong;
}

describe("the brush", () => {
  it("paints what it passes over, shows it, and undoes and redoes to the byte", async () => {
    await desk.open(squares, {
      brush: { size: 30 },
      view: { display: "overlay", opacity: 1, color: "#ff0000" },
    });
    const before = (await desk.mask()).data;
    const [a, b] = [
      { x: 40, y: 200 },
      { x: 300, y: 240 },
    ];
    await desk.drag([a, { x: 170, y: 220 }, b]);
    expect(await wrongPixels(a, b, 15)).toBe(0);
    const stroke = (await desk.mask()).data;
    expect(await desk.colourAt({ x: 170, y: 220 })).toEqual([255, 0, 0]);
    expect(await desk.colourAt({ x: 170, y: 250 })).toEqual([128, 128, 128]);

    await desk.drag([
      { x: 300, y: 100 },
      { x: 320, y: 240 },
    ]);
    const both = (await desk.mask()).data;
    expect(both.equals(stroke)).toBe(false);
    const undo = () => desk.page.evaluate(() => window.masks.editor.undo());
    const redo = () => desk.page.evaluate(() => window.masks.editor.redo());
    expect(await undo()).toBe(true);
    expect((await desk.mask()).data.equals(stroke)).toBe(true);
    expect(await undo()).toBe(true);
    expect((await desk.mask()).data.equals(before)).toBe(true);
    expect(await desk.colourAt({ x: 170, y: 220 })).toEqual([128, 128, 128]);
    expect(await undo()).toBe(false);
    expect(await redo()).toBe(true);
    expect(await redo()).toBe(true);
    expect((await desk.mask()).data.equals(both)).toBe(true);
    const commits = (await desk.told("commit")) as { cause: string; revision: number }[];
    expect(commits.map(({ cause, revision }) => [cause, revision])).toEqual([
      ["edit", 1],
      ["edit", 2],
      ["undo", 3],
      ["undo", 4],
      ["redo", 5],
      ["redo", 6],
    ]);
  });

  it("tells a box that holds every changed pixel", async () => {
    await desk.open(squares, { brush: { size: 12 } });
    await desk.drag([
      { x: 50, y: 50 },
      { x: 90, y: 120 },
    ]);
    const [commit] = (await desk.told("commit")) as {
      dirty: { x: number; y: number; width: number; height: number };
    }[];
    const { x, y, width, height } = commit!.dirty;
    const mask = await desk.mask();
    mask.data.forEach((level, i) => {
      const [u, v] = [i % mask.width, Math.floor(i / mask.width)];
      if (level > 0 && (u < x || v < y || u >= x + width || v >= y + height))
        expect.fail(`${u}, ${v} is outside`);
    });
  });

  it("erases with the eraser, with Alt, and with a pen's other end", async () => {
    await desk.open(squares, { brush: { size: 40 } });
    const line = [
      { x: 60, y: 150 },
      { x: 340, y: 150 },
    ];
    await desk.drag(line);
    const full = (await desk.mask()).area();
    await desk.page.keyboard.down("Alt");
    await desk.drag([
      { x: 100, y: 150 },
      { x: 101, y: 150 },
    ]);
    await desk.page.keyboard.up("Alt");
    expect((await desk.mask()).at(100, 150)).toBe(0);
    await desk.page.evaluate(() => window.masks.editor.setTool("eraser"));
    await desk.drag([
      { x: 200, y: 150 },
      { x: 201, y: 150 },
    ]);
    expect((await desk.mask()).at(200, 150)).toBe(0);
    await desk.page.evaluate(() => {
      const { editor } = window.masks;
      editor.setTool("brush");
      const { x, y } = editor.toClient({ x: 300, y: 150 });
      const common = { clientX: x, clientY: y, pointerId: 5, pointerType: "pen", pressure: 1, bubbles: true };
      const target = document.querySelector(".konvajs-content")!;
      target.dispatchEvent(new PointerEvent("pointerdown", { ...common, button: 5, buttons: 32 }));
      target.dispatchEvent(new PointerEvent("pointerup", { ...common, button: 5, buttons: 0 }));
    });
    const mask = await desk.mask();
    expect(mask.at(300, 150)).toBe(0);
    expect(mask.area()).toBeLessThan(full - 3 * 1000);
  });

  it("draws straight lines with Shift: held while dragging, or from the last stroke's end", async () => {
    await desk.open(squares, { brush: { size: 10 } });
    await desk.page.keyboard.down("Shift");
    await desk.drag([
      { x: 50, y: 50 },
      { x: 200, y: 250 },
      { x: 350, y: 60 },
    ]);
    expect(await wrongPixels({ x: 50, y: 50 }, { x: 350, y: 60 }, 5)).toBe(0);
    await desk.click({ x: 350, y: 250 });
    await desk.page.keyboard.up("Shift");
    const mask = await desk.mask();
    expect(mask.at(350, 150)).toBe(255);
    expect(mask.at(300, 150)).toBe(0);
  });

  it("with the stabiliser leaves out the hand's trembling and still ends where the hand does", async () => {
    await desk.open(squares, { brush: { size: 6, stabiliser: 1 } });
    const dots = Array.from({ length: 60 }, (_, i) => ({ x: 40 + i * 5, y: 150 + (i % 2 === 0 ? 5 : -5) }));
    await desk.drag(dots);
    const mask = await desk.mask();
    const rows = new Set<number>();
    mask.data.forEach((level, i) => {
      const [x, y] = [i % mask.width, Math.floor(i / mask.width)];
      if (level > 0 && x > 90 && x < 280) rows.add(y);
    });
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThan(12);
    expect(mask.at(334, 145)).toBe(255);
  });

  it("with a soft edge paints levels, shown soft or cut at one half", async () => {
    await desk.open(squares, {
      brush: { size: 120, hardness: 0 },
      view: { display: "matte" },
    });
    await desk.click({ x: 200, y: 150 });
    const mask = await desk.mask();
    const [middle, side] = [mask.at(200, 150), mask.at(235, 150)];
    expect(middle).toBeGreaterThan(250);
    expect(side).toBeGreaterThan(20);
    expect(side).toBeLessThan(128);
    expect((await desk.colourAt({ x: 235.5, y: 150.5 }))[0]).toBe(side);
    await desk.page.mouse.move(5, 5);
    await desk.page.evaluate(() => window.masks.editor.setView({ levels: "hard" }));
    expect(await desk.colourAt({ x: 235.5, y: 150.5 })).toEqual([0, 0, 0]);
    expect(await desk.colourAt({ x: 200.5, y: 150.5 })).toEqual([255, 255, 255]);
  });
});

describe("the view", () => {
  it("zooms to the cursor with the wheel, and draws in the right place there", async () => {
    await desk.open(squares, { brush: { size: 4 } });
    const [origin] = await desk.client([{ x: 0, y: 0 }]);
    const before = await desk.page.evaluate(() => window.masks.editor.position.scale);
    const at = { x: 320, y: 240 };
    const spot = { x: (at.x - origin!.x) / before, y: (at.y - origin!.y) / before };
    await desk.page.mouse.move(at.x, at.y);
    for (let i = 0; i < 6; i++) await desk.page.mouse.wheel(0, -120);
    const scale = () => desk.page.evaluate(() => window.masks.editor.position.scale);
    await eventually(scale).toBeCloseTo(before * 1.0018 ** 720);
    const [now] = await desk.client([spot]);
    expect(Math.hypot(now!.x - at.x, now!.y - at.y)).toBeLessThan(0.01);
    await desk.page.mouse.down();
    await desk.page.mouse.up();
    const mask = await desk.mask();
    const [x, y] = [Math.floor(spot.x), Math.floor(spot.y)];
    expect([mask.at(x, y), mask.at(x + 1, y), mask.at(x + 4, y)]).toEqual([255, 255, 0]);
    expect(mask.area()).toBeLessThan(20);
  });

  it("pans with Space, with the middle button and with the pan tool, and paints nothing meanwhile", async () => {
    await desk.open(squares);
    const where = async () => (await desk.client([{ x: 0, y: 0 }]))[0]!;
    const pull = async (button: "left" | "middle") => {
      await desk.page.mouse.move(400, 300);
      await desk.page.mouse.down({ button });
      await desk.page.mouse.move(430, 340);
      await desk.page.mouse.move(460, 320);
      await desk.page.mouse.up({ button });
    };
    const begin = await where();
    await desk.page.mouse.move(400, 300);
    await desk.page.keyboard.down("Space");
    await pull("left");
    await desk.page.keyboard.up("Space");
    const first = await where();
    expect([first.x - begin.x, first.y - begin.y].map(Math.round)).toEqual([60, 20]);
    await pull("middle");
    await desk.page.evaluate(() => window.masks.editor.setTool("pan"));
    await pull("left");
    const last = await where();
    expect([last.x - begin.x, last.y - begin.y].map(Math.round)).toEqual([180, 60]);
    expect((await desk.mask()).area()).toBe(0);
    await desk.page.evaluate(() => window.masks.editor.fit());
    const fitted = await where();
    expect(Math.hypot(fitted.x - begin.x, fitted.y - begin.y)).toBeLessThan(0.01);
  });

  it("pans by two fingers on a trackpad, and zooms when they pinch", async () => {
    await desk.open(squares);
    const wheel = (event: { deltaX?: number; deltaY: number; ctrlKey?: boolean }) =>
      desk.page.evaluate((init) => {
        const target = document.querySelector(".konvajs-content")!;
        target.dispatchEvent(
          new WheelEvent("wheel", { clientX: 500, clientY: 350, bubbles: true, cancelable: true, ...init }),
        );
      }, event);
    const before = await desk.page.evaluate(() => window.masks.editor.position);
    await wheel({ deltaX: 7, deltaY: 13 });
    const panned = await desk.page.evaluate(() => window.masks.editor.position);
    expect(panned.scale).toBe(before.scale);
    expect((panned.x - before.x) * before.scale).toBeCloseTo(7);
    expect((panned.y - before.y) * before.scale).toBeCloseTo(13);
    await desk.page.waitForTimeout(300);
    await wheel({ deltaY: -10, ctrlKey: true });
    const pinched = await desk.page.evaluate(() => window.masks.editor.position);
    expect(pinched.scale / panned.scale).toBeCloseTo(1.01 ** 10);
  });

  it("shows 100 % pixel for pixel, and squares beyond 200 %", async () => {
    await desk.open(squares);
    await desk.page.evaluate(() => window.masks.editor.actualSize());
    expect((await desk.page.evaluate(() => window.masks.editor.position)).scale).toBe(1);
    await desk.page.evaluate(() => window.masks.editor.setPosition({ scale: 16, x: 100, y: 100 }));
    expect(await desk.colourAt({ x: 99.9, y: 100.5 })).toEqual([128, 128, 128]);
    expect(await desk.colourAt({ x: 100.1, y: 100.5 })).toEqual([0x20, 0xc0, 0x40]);
  });

  it("draws only the outline, hides the mask, and blinks", async () => {
    await desk.open(squares, { brush: { size: 60 }, view: { display: "outline", color: "#ff00ff" } });
    await desk.click({ x: 50, y: 150 });
    expect(await desk.colourAt({ x: 50, y: 150 })).not.toEqual([255, 0, 255]);
    await desk.page.mouse.move(5, 5);
    const [centre, rim] = await desk.client([
      { x: 50, y: 150 },
      { x: 80, y: 150 },
    ]);
    await desk.settled();
    const shot = await desk.page.screenshot({
      clip: { x: centre!.x, y: centre!.y, width: rim!.x - centre!.x + 6, height: 1 },
    });
    const { default: sharp } = await import("sharp");
    const { data } = await sharp(shot).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const magenta = Array.from({ length: data.length / 3 }, (_, i) => data.subarray(3 * i, 3 * i + 3)).filter(
      ([r, g, b]) => r === 255 && g === 0 && b === 255,
    );
    expect(magenta.length).toBeGreaterThanOrEqual(1);
    expect(magenta.length).toBeLessThan(4);
    await desk.page.evaluate(() =>
      window.masks.editor.setView({ display: "overlay", opacity: 1, blink: true }),
    );
    const seen = new Set<string>();
    await eventually(async () => seen.add((await desk.colourAt({ x: 50, y: 150 })).join()).size).toBe(2);
    await desk.page.evaluate(() => window.masks.editor.setView({ display: "hidden", blink: false }));
    expect(await desk.colourAt({ x: 50, y: 150 })).toEqual([128, 128, 128]);
  });

  it("links source and result: one mask and one position over both", async () => {
    const { default: sharp } = await import("sharp");
    const red = { create: { width: 400, height: 300, channels: 3 as const, background: "#c03020" } };
    const result = site.put("result.png", await sharp(red).png().toBuffer());
    await desk.open(
      squares,
      { brush: { size: 30 }, view: { panes: "both", display: "overlay", opacity: 1, color: "#ffffff" } },
      result,
    );
    await desk.settled();
    const { width } = desk.page.viewportSize()!;
    const shift = (width - 6) / 2 + 6;
    const [left] = await desk.client([{ x: 200, y: 220 }]);
    // Drawn on the result, the stroke is seen on both.
    await desk.page.mouse.click(left!.x + shift, left!.y);
    expect((await desk.mask()).at(200, 220)).toBe(255);
    await desk.page.mouse.move(5, 5);
    const colour = async (x: number, y: number) => {
      await desk.settled();
      const shot = await desk.page.screenshot({
        clip: { x: Math.floor(x), y: Math.floor(y), width: 1, height: 1 },
      });
      return [...(await sharp(shot).removeAlpha().raw().toBuffer())];
    };
    expect(await colour(left!.x, left!.y)).toEqual([255, 255, 255]);
    expect(await colour(left!.x + shift, left!.y)).toEqual([255, 255, 255]);
    expect(await colour(left!.x + shift, left!.y + 30)).toEqual([0xc0, 0x30, 0x20]);
    expect(await colour(left!.x, left!.y + 30)).toEqual([128, 128, 128]);
  });
});
