import type { Browser } from "playwright-core";
import sharp from "sharp";
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

/** Presses a pen with a force at each place, as the system would report it. */
async function drawWithPen(dots: readonly (Dot & { force: number })[]): Promise<void> {
  const places = await desk.client(dots);
  const send = (type: "mousePressed" | "mouseMoved" | "mouseReleased", i: number) =>
    desk.session.send("Input.dispatchMouseEvent", {
      type,
      ...places[i]!,
      button: "left",
      buttons: type === "mouseReleased" ? 0 : 1,
      clickCount: 1,
      pointerType: "pen",
      force: dots[i]!.force,
    });
  await send("mousePressed", 0);
  for (let i = 1; i < dots.length; i++) await send("mouseMoved", i);
  await send("mouseReleased", dots.length - 1);
}

const touch = (type: "touchStart" | "touchMove" | "touchEnd", points: readonly Dot[]) =>
  desk.session.send("Input.dispatchTouchEvent", {
    type,
    touchPoints: points.map(({ x, y }, id) => ({ x, y, id })),
  });

/** How many pixels of a column are set. */
async function thickness(column: number): Promise<number> {
  const mask = await desk.mask();
  return Array.from({ length: mask.height }, (_, y) => mask.at(column, y)).filter((level) => level > 0)
    .length;
}

describe("a mouse", () => {
  it("takes away with its right button, and shows no menu", async () => {
    await desk.open(squares, { brush: { size: 40, stabiliser: 0 } });
    await desk.drag([
      { x: 100, y: 150 },
      { x: 300, y: 150 },
    ]);
    const before = (await desk.mask()).area();
    const [from, to] = await desk.client([
      { x: 200, y: 100 },
      { x: 200, y: 200 },
    ]);
    await desk.page.mouse.move(from!.x, from!.y);
    await desk.page.mouse.down({ button: "right" });
    await desk.page.mouse.move(to!.x, to!.y, { steps: 5 });
    await desk.page.mouse.up({ button: "right" });
    const mask = await desk.mask();
    expect(mask.area()).toBeLessThan(before);
    expect([mask.at(200, 150), mask.at(150, 150)]).toEqual([0, 255]);
    // The next press of the left one draws again.
    await desk.drag([
      { x: 190, y: 150 },
      { x: 210, y: 150 },
    ]);
    expect((await desk.mask()).at(200, 150)).toBe(255);
  });

  it("sizes the brush by its wheel with Alt, and leaves the view alone", async () => {
    await desk.open(squares, { brush: { size: 40 } });
    const [at] = await desk.client([{ x: 200, y: 150 }]);
    const look = () =>
      desk.page.evaluate(() => ({
        size: window.masks.editor.brush.size,
        scale: window.masks.editor.position.scale,
      }));
    const before = await look();
    await desk.page.mouse.move(at!.x, at!.y);
    await desk.page.keyboard.down("Alt");
    await desk.page.mouse.wheel(0, -120);
    await eventually(async () => (await look()).size).toBeGreaterThan(before.size);
    await desk.page.mouse.wheel(0, 240);
    await eventually(async () => (await look()).size).toBeLessThan(before.size);
    await desk.page.keyboard.up("Alt");
    expect((await look()).scale).toBe(before.scale);
  });
});

describe("a pen", () => {
  it("draws thicker the harder it is pressed", async () => {
    await desk.open(squares, { brush: { size: 60 } });
    await drawWithPen(
      Array.from({ length: 20 }, (_, i) => ({ x: 40 + i * 16, y: 150, force: 0.1 + (0.9 * i) / 19 })),
    );
    const [thin, middle, thick] = [await thickness(60), await thickness(200), await thickness(330)];
    expect(thin).toBeGreaterThan(5);
    expect(middle).toBeGreaterThan(thin + 10);
    expect(thick).toBeGreaterThan(middle + 10);
    expect(thick).toBeLessThanOrEqual(61);
  });

  it("draws evenly where pressure is off", async () => {
    await desk.open(squares, { brush: { size: 40, pressure: false } });
    await drawWithPen([0.1, 0.5, 1].map((force, i) => ({ x: 100 + i * 60, y: 150, force })));
    expect(Math.abs((await thickness(130)) - 40)).toBeLessThanOrEqual(1);
    expect(Math.abs((await thickness(190)) - 40)).toBeLessThanOrEqual(1);
  });

  it("wins over a hand that rests on the tablet", async () => {
    await desk.open(squares, { brush: { size: 20 } });
    await drawWithPen([{ x: 200, y: 100, force: 1 }]);
    const before = (await desk.mask()).area();
    const position = await desk.page.evaluate(() => window.masks.editor.position);
    const [a, b] = await desk.client([
      { x: 300, y: 250 },
      { x: 340, y: 250 },
    ]);
    await touch("touchStart", [a!]);
    await touch("touchMove", [b!]);
    await touch("touchEnd", []);
    expect((await desk.mask()).area()).toBe(before);
    expect(await desk.page.evaluate(() => window.masks.editor.position)).toEqual(position);
    // Later, one finger moves the image: the pen is what draws.
    await desk.page.waitForTimeout(1100);
    await touch("touchStart", [a!]);
    await touch("touchMove", [b!]);
    await touch("touchEnd", []);
    expect((await desk.mask()).area()).toBe(before);
    expect((await desk.page.evaluate(() => window.masks.editor.position)).x).toBeLessThan(position.x - 20);
  });
});

describe("touch", () => {
  it("draws with one finger", async () => {
    await desk.open(squares, { brush: { size: 20 } });
    const dots = await desk.client([
      { x: 100, y: 150 },
      { x: 200, y: 150 },
      { x: 300, y: 150 },
    ]);
    await touch("touchStart", [dots[0]!]);
    for (const dot of dots.slice(1)) await touch("touchMove", [dot]);
    await touch("touchEnd", []);
    const mask = await desk.mask();
    expect([mask.at(100, 150), mask.at(250, 150), mask.at(299, 150), mask.at(200, 170)]).toEqual([
      255, 255, 255, 0,
    ]);
  });

  it("zooms and pans with two, and takes back what the first of them had begun", async () => {
    await desk.open(squares, { brush: { size: 20 } });
    const before = await desk.page.evaluate(() => window.masks.editor.position);
    await touch("touchStart", [{ x: 450, y: 350 }]);
    await touch("touchStart", [
      { x: 450, y: 350 },
      { x: 550, y: 350 },
    ]);
    await touch("touchMove", [
      { x: 400, y: 350 },
      { x: 600, y: 350 },
    ]);
    await touch("touchMove", [
      { x: 400, y: 400 },
      { x: 600, y: 400 },
    ]);
    await touch("touchEnd", []);
    const after = await desk.page.evaluate(() => window.masks.editor.position);
    expect(after.scale / before.scale).toBeCloseTo(2, 1);
    expect((before.y - after.y) * after.scale).toBeCloseTo(50, 0);
    expect((await desk.mask()).area()).toBe(0);
    expect(await desk.told("commit")).toEqual([]);
  });
});

describe("large images", () => {
  it("draws on 8192 × 8192 pixels, finds its way by the minimap, and undoes to the byte", async () => {
    const side = 8192;
    const picture = sharp({ create: { width: side, height: side, channels: 3, background: "#446688" } });
    const large = site.put("large.jpg", await picture.jpeg().toBuffer());
    await desk.open(large, {
      brush: { size: 300 },
      view: { display: "overlay", opacity: 1, color: "#ff0000" },
    });
    await desk.drag([
      { x: 500, y: 500 },
      { x: 4000, y: 4100 },
      { x: 7700, y: 7600 },
    ]);
    const level = (x: number, y: number) =>
      desk.page.evaluate(([u, v]) => window.masks.editor.peekMask().data[v! * 8192 + u!], [x, y]);
    expect(await level(4000, 4100)).toBe(255);
    expect(await level(7700, 7600)).toBe(255);
    expect(await level(4000, 5000)).toBe(0);
    expect(await desk.colourAt({ x: 2000, y: 2040 })).toEqual([255, 0, 0]);
    // Full size, then to the lower right corner by the minimap: 168 pixels, 12 from the corner of the stage.
    await desk.page.evaluate(() => window.masks.editor.actualSize());
    await desk.page.mouse.click(1000 - 12 - 8, 700 - 12 - 8);
    const there = await desk.page.evaluate(() => window.masks.editor.position);
    expect(there.scale).toBe(1);
    expect(there.x).toBeGreaterThan(7300);
    expect(there.y).toBeGreaterThan(7300);
    expect(await level(8000, 8000)).toBe(0);
    await desk.page.evaluate(() => {
      window.masks.editor.setPosition({ x: 7900, y: 7900 });
      window.masks.editor.setBrush({ size: 50 });
    });
    await desk.page.evaluate(() => window.masks.image.complete);
    await desk.drag([
      { x: 7750, y: 8000 },
      { x: 8150, y: 8150 },
    ]);
    expect(await level(8150, 8150)).toBe(255);
    expect(await desk.colourAt({ x: 7950, y: 8075 })).toEqual([255, 0, 0]);
    expect(await desk.page.evaluate(() => window.masks.editor.undo())).toBe(true);
    expect(await level(8150, 8150)).toBe(0);
    expect(await level(7700, 7600)).toBe(255);
    expect(await desk.page.evaluate(() => window.masks.editor.undo())).toBe(true);
    expect(
      await desk.page.evaluate(() => window.masks.editor.peekMask().data.every((byte) => byte === 0)),
    ).toBe(true);
  });

  it("says what is wrong with a file that is no image, and with one that is too large", async () => {
    const say = (address: string) =>
      desk.page.evaluate(
        (at) =>
          window.masks.prepareImage(at).then(
            () => "opened",
            (error: Error) => error.message,
          ),
        address,
      );
    expect(await say(site.put("broken.png", Buffer.from("no image")))).toContain("not an image");
    const wide = sharp({ create: { width: 12000, height: 6000, channels: 3, background: "#000" } });
    expect(await say(site.put("wide.png", await wide.png().toBuffer()))).toContain("12000 × 6000");
  });
});
