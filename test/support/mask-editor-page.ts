import type { Browser, CDPSession, Page } from "playwright-core";
import sharp from "sharp";
import type { MaskEditorOptions } from "@/components/masks/engine/mask-editor";
import type { MaskPage } from "./mask-page";
import type {} from "./mask-page-app/main";

export interface Dot {
  x: number;
  y: number;
}

export interface Mask {
  width: number;
  height: number;
  data: Buffer;
  /** Level of a pixel. */
  at(x: number, y: number): number;
  /** How many pixels are not 0. */
  area(): number;
}

/** The mask editor in a browser, drawn on by real pointer events; places are pixels of the image. */
export interface EditorPage {
  page: Page;
  session: CDPSession;
  complaints: string[];
  open(address: string, options?: Partial<MaskEditorOptions>, after?: string): Promise<void>;
  mask(): Promise<Mask>;
  /** Where a place of the image is in the window. */
  client(dots: readonly Dot[]): Promise<Dot[]>;
  /** Presses the mouse at the first place, drags through the others, and lets go. */
  drag(dots: readonly Dot[]): Promise<void>;
  click(dot: Dot): Promise<void>;
  /** Two frames later everything asked for is drawn. */
  settled(): Promise<void>;
  /** The colour on screen at a place of the image, once it is drawn. */
  colourAt(dot: Dot): Promise<[number, number, number]>;
  told(event: string): Promise<unknown[]>;
}

export async function openEditorPage(browser: Browser, site: MaskPage): Promise<EditorPage> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, hasTouch: true });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const session = await context.newCDPSession(page);
  await page.addInitScript("globalThis.__name = (value) => value");
  await page.goto(site.url);
  const self: EditorPage = {
    page,
    session,
    complaints,
    open: (address, options, after) =>
      page.evaluate(([a, o, b]) => window.masks.open(a, o, b), [address, options, after] as const),
    async mask() {
      const { width, height, text } = await page.evaluate(() => {
        const mask = window.masks.editor.peekMask();
        let binary = "";
        for (let i = 0; i < mask.data.length; i += 32768) {
          binary += String.fromCharCode(...mask.data.subarray(i, i + 32768));
        }
        return { width: mask.width, height: mask.height, text: btoa(binary) };
      });
      const data = Buffer.from(text, "base64");
      return {
        width,
        height,
        data,
        at: (x, y) => data[y * width + x]!,
        area: () => data.reduce((sum, level) => sum + (level > 0 ? 1 : 0), 0),
      };
    },
    client: (dots) => page.evaluate((all) => all.map((dot) => window.masks.editor.toClient(dot)), [...dots]),
    async drag(dots) {
      const [first, ...rest] = await self.client(dots);
      await page.mouse.move(first!.x, first!.y);
      await page.mouse.down();
      for (const { x, y } of rest) await page.mouse.move(x, y);
      await page.mouse.up();
    },
    async click(dot) {
      const [at] = await self.client([dot]);
      await page.mouse.click(at!.x, at!.y);
    },
    settled: () =>
      page.evaluate(
        () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
      ),
    async colourAt(dot) {
      await self.settled();
      const [at] = await self.client([dot]);
      const shot = await page.screenshot({
        clip: { x: Math.floor(at!.x), y: Math.floor(at!.y), width: 1, height: 1 },
      });
      const { data } = await sharp(shot).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      return [data[0]!, data[1]!, data[2]!];
    },
    told: (event) =>
      page.evaluate(
        (name) => window.masks.told.filter((each) => each.event === name).map(({ value }) => value),
        event,
      ),
  };
  return self;
}

/** A picture of grey with a green square from (100, 60) to (200, 160) and a blue one from (250, 60) to (300, 110). */
export function drawSquares(width = 400, height = 300): Promise<Buffer> {
  const square = (side: number, background: string) => ({
    create: { width: side, height: side, channels: 3 as const, background },
  });
  return sharp({ create: { width, height, channels: 3, background: "#808080" } })
    .composite([
      { input: square(100, "#20c040"), left: 100, top: 60 },
      { input: square(50, "#2040c0"), left: 250, top: 60 },
    ])
    .png()
    .toBuffer();
}
