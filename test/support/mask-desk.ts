import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "./browser";
import { type Studio, startStudio } from "./studio";

/** What the tests of a file share: a studio with images, and a person's browser. */
export interface DeskTest {
  readonly url: string;
  readonly profile: BrowserContext;
  /** Another person's browser, or one with other options. */
  newProfile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** The region of an image that no test has had before. */
  freeRegion(): Promise<RegionState>;
}

/**
 * Sets a mask desk up before all tests of the file, with so many images of its own, and ends it after them. The studio is
 * a new one, or with `PENTIMENTO_TEST_STUDIO` the one that runs there already, for working on a test.
 */
export function setUpDesk(images: number): DeskTest {
  const running = process.env.PENTIMENTO_TEST_STUDIO;
  let studio: Studio | null = null;
  let parts: { url: string; browser: Browser; profile: BrowserContext } | null = null;
  let anchors: { id: string }[] = [];
  beforeAll(async () => {
    studio = running ? null : await startStudio();
    const url = running ?? studio!.url;
    const browser = await launchBrowser();
    parts = { url, browser, profile: await openProfile(browser, url) };
    if (images > 0) anchors = await importImages(url, images);
  });
  afterAll(async () => {
    await parts?.browser.close();
    await studio?.stop();
  });
  const ready = () => {
    if (!parts) throw new Error("The desk is set up in beforeAll: ask for it inside a test.");
    return parts;
  };
  return {
    get url() {
      return ready().url;
    },
    get profile() {
      return ready().profile;
    },
    newProfile: (options) => openProfile(ready().browser, ready().url, options),
    freeRegion() {
      const anchor = anchors.shift();
      if (!anchor) throw new Error("Every image has been drawn on: ask setUpDesk for more.");
      return regionOfAnchor(ready().url, anchor.id);
    },
  };
}

/** The REST API: an answer as JSON, or an error with its sentence. */
export async function ask<T>(url: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export const imageSize = { width: 320, height: 240 };

/** Imports images that nobody has imported before; resolves with the ids of their anchors. */
async function importImages(url: string, count: number): Promise<{ id: string; fileName: string }[]> {
  const mark = Math.floor(Math.random() * 2 ** 24);
  const { id } = await ask<{ id: string }>(url, "POST", "/imports", { source: `mask desk ${mark}` });
  const names = Array.from({ length: count }, (_, index) => `desk-${mark}-${index}.png`);
  for (const [index, name] of names.entries()) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240">
      <rect width="320" height="240" fill="#cfe8ff"/><circle cx="${40 + 60 * (index % 5)}" cy="${35 + 50 * Math.floor(index / 5)}" r="24" fill="#ffd43b"/>
      <path d="M0 240V150Q80 90 160 150T320 150V240Z" fill="#${mark.toString(16).padStart(6, "0")}"/></svg>`;
    await fetch(`${url}/api/uploads/${id}?path=${name}`, {
      method: "PUT",
      body: new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer()),
    });
  }
  await ask(url, "POST", `/imports/${id}/finish`, {});
  for (;;) {
    const { items } = await ask<{ items: { id: string; fileName: string }[] }>(
      url,
      "GET",
      "/anchors?limit=60",
    );
    const found = names.flatMap((name) => items.filter(({ fileName }) => fileName === name));
    if (found.length === count) return found;
    await new Promise((done) => setTimeout(done, 300));
  }
}

export interface RegionState {
  id: string;
  state: string;
  skipReason: string | null;
  version: number;
  mask: { revision: number; png: { sha256: string } } | null;
}

function regionOfAnchor(url: string, anchorId: string): Promise<RegionState> {
  return ask(url, "POST", "/masks/open", { anchorId });
}

/** The levels of the region's mask on the server; all 0 where there is none. */
export async function serverMask(url: string, regionId: string): Promise<Uint8Array> {
  const { mask } = await ask<RegionState>(url, "GET", `/masks/${regionId}`);
  if (!mask) return new Uint8Array(imageSize.width * imageSize.height);
  const response = await fetch(`${url}/api/images/${mask.png.sha256}`);
  const { data } = await sharp(await response.arrayBuffer())
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return new Uint8Array(data);
}

/** Share of the image that a mask covers. */
export function share(mask: Uint8Array): number {
  return mask.reduce((sum, level) => sum + level, 0) / (255 * mask.length);
}

/** Goes to a desk and waits until a region is on it. */
export async function openDesk(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("toolbar", { name: "Tools" }).waitFor();
}

/** Draws with the mouse through points of the canvas, given as shares of its width and height. */
export async function draw(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
  const box = (await page.getByTestId("mask-canvas").boundingBox())!;
  const [first, ...rest] = points.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  await page.mouse.move(...first!);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: 6 });
  await page.mouse.up();
}

/** Draws a rectangle from the middle of the view without a mouse. */
export async function drawRectangle(page: Page): Promise<void> {
  await page.keyboard.press("r");
  await page.keyboard.down("d");
  for (let step = 0; step < 3; step++) await page.keyboard.press("Shift+ArrowRight");
  for (let step = 0; step < 3; step++) await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.up("d");
  await page.getByRole("button", { name: "Undo: Rectangle" }).waitFor();
}

export const saveState = (page: Page) => page.getByTestId("save-state").getAttribute("data-state");

/** What the status bar says of the mask's size. */
export const areaText = (page: Page) => page.getByTestId("area").textContent();

async function openProfile(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 720 },
    reducedMotion: "reduce",
    acceptDownloads: true,
    ...options,
  });
  context.setDefaultTimeout(90_000);
  return context;
}
