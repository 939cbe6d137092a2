import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../test/support/browser";
import { mainThreadClock } from "../../test/support/main-thread-clock";
import { type MaskPage, startMaskPage } from "../../test/support/mask-page";
import { drawPhotograph } from "../../test/support/mask-page-app/photograph";
import { type Benchmark, type Measured, median } from "./benchmark";
import { nextInQueue } from "./next-in-queue";

const side = 4096;
const earlierStrokes = 500;
const measured = 15;

interface Bench {
  page: Page;
  site: MaskPage;
  /** Milliseconds that the page's main thread has worked so far, drawing included. */
  worked(): Promise<number>;
}

async function withPage(use: (bench: Bench) => Promise<Measured>): Promise<Measured> {
  const site = await startMaskPage();
  const browser: Browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    // The compiler of this file marks functions with a helper that the page does not have.
    await page.addInitScript("globalThis.__name = (value) => value");
    await page.goto(site.url);
    site.put("photograph.jpg", await drawPhotograph(side, "jpeg"));
    site.put("photograph.png", await drawPhotograph(side, "png"));
    const worked = await mainThreadClock(browser, page);
    return await use({ page, site, worked });
  } finally {
    await browser.close();
    await site.stop();
  }
}

/** Opens the large image with the brush in hand, and waits until all of its tiles are there. */
async function openLarge({ page }: Bench): Promise<void> {
  await page.evaluate(async () => {
    await window.masks.open("/files/photograph.jpg", { brush: { size: 80 } });
    await window.masks.image.complete;
  });
  await settled(page);
}

/** Two frames later everything asked for is drawn. */
const settled = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Work of the main thread that `act` causes until it is drawn. The asking itself is taken off. */
async function workOf({ page, worked }: Bench, act: () => Promise<unknown>): Promise<number> {
  const asking = async (what: () => Promise<unknown>) => {
    const before = await worked();
    await what();
    await settled(page);
    return (await worked()) - before;
  };
  const nothing = await asking(() => page.evaluate(() => null));
  return (await asking(act)) - nothing;
}

/** Points of stroke number `n`, in CSS pixels of the page: a wave across a good part of the image. */
function strokePoints(n: number): { x: number; y: number }[] {
  const [x, y] = [330 + ((n * 37) % 300), 120 + ((n * 53) % 560)];
  return Array.from({ length: 100 }, (_, i) => ({ x: x + 4.5 * i, y: y + 60 * Math.sin(i / 9 + n) }));
}

/** The main thread's work for a stroke's points, and for letting go. */
interface Stroke {
  points: number;
  commit: number;
}

/** A hundred points with the mouse. */
async function drawStroke(bench: Bench, n: number): Promise<Stroke> {
  const { page } = bench;
  const [first, ...rest] = strokePoints(n);
  await page.mouse.move(first!.x, first!.y);
  await page.mouse.down();
  const points = await workOf(bench, async () => {
    for (const { x, y } of rest) await page.mouse.move(x, y);
  });
  const commit = await workOf(bench, () => page.mouse.up());
  return { points, commit };
}

/** Strokes as the page's own events: the same handlers, in a fraction of the time. Every other one erases. */
async function drawQuickly({ page }: Bench, strokes: number): Promise<void> {
  const all = Array.from({ length: strokes }, (_, n) => strokePoints(n));
  await page.evaluate((paths) => {
    const target = document.querySelector("#editor .konvajs-content")!;
    const send = (type: string, { x, y }: { x: number; y: number }, buttons: number, altKey: boolean) =>
      target.dispatchEvent(
        new PointerEvent(type, {
          clientX: x,
          clientY: y,
          buttons,
          altKey,
          bubbles: true,
          pointerType: "mouse",
          pointerId: 77,
          isPrimary: true,
        }),
      );
    paths.forEach((path, n) => {
      const erase = n % 2 === 1;
      send("pointerdown", path[0]!, 1, erase);
      for (const point of path) send("pointermove", point, 1, erase);
      send("pointerup", path.at(-1)!, 0, erase);
    });
  }, all);
  await settled(page);
}

async function strokeCommit(bench: Bench): Promise<Measured> {
  await openLarge(bench);
  // The first strokes also compile the code.
  await drawQuickly(bench, 5);
  await bench.page.evaluate(() => {
    while (window.masks.editor.undo());
  });
  const early: Stroke[] = [];
  for (let n = 0; n < measured; n++) early.push(await drawStroke(bench, n));
  await drawQuickly(bench, earlierStrokes - measured);
  const late: Stroke[] = [];
  for (let n = 0; n < measured; n++) late.push(await drawStroke(bench, earlierStrokes + n));
  const { undoSteps, bytes } = await bench.page.evaluate(() => window.masks.editor.history);
  const commits = (all: Stroke[]) => median(all.map(({ commit }) => commit));
  const perPoint = median(late.map(({ points }) => points)) / 99;
  return {
    value: Math.max(commits(early), commits(late)),
    note:
      `after 1 to ${measured} strokes ${commits(early).toFixed(1)} ms, after ${earlierStrokes} ${commits(late).toFixed(1)} ms; ` +
      `each point before ${perPoint.toFixed(1)} ms, its share of drawing included; ` +
      `${undoSteps} strokes hold ${(bytes / 1e6).toFixed(1)} MB`,
  };
}

async function undoStroke(bench: Bench): Promise<Measured> {
  await openLarge(bench);
  await drawQuickly(bench, 100);
  const times = [];
  for (let n = 0; n < measured; n++) {
    times.push(await workOf(bench, () => bench.page.evaluate(() => window.masks.editor.undo())));
  }
  return { value: median(times), note: "the last of 100 strokes of 100 points, drawn again" };
}

async function undoWhole(bench: Bench, what: "fill" | "invert"): Promise<Measured> {
  await openLarge(bench);
  await drawQuickly(bench, 20);
  const times = [];
  for (let n = 0; n < 7; n++) {
    await bench.page.evaluate((operation) => {
      const { editor } = window.masks;
      const mask = editor.getMask();
      const level = (old: number) => (operation === "fill" ? 255 : 255 - old);
      mask.data.forEach((old, i) => {
        mask.data[i] = level(old);
      });
      editor.applyMask(mask, { label: operation });
    }, what);
    await settled(bench.page);
    times.push(await workOf(bench, () => bench.page.evaluate(() => window.masks.editor.undo())));
  }
  return { value: median(times), note: `all of ${side}², drawn again` };
}

async function firstPaint({ page }: Bench, file: string): Promise<Measured> {
  const once = () =>
    page.evaluate(async (address) => {
      const blob = await (await fetch(address)).blob();
      await blob.arrayBuffer();
      const began = performance.now();
      await window.masks.open(URL.createObjectURL(blob));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const time = performance.now() - began;
      await window.masks.image.complete;
      return { time, bytes: blob.size };
    }, file);
  const all = [];
  for (let n = 0; n < 5; n++) all.push(await once());
  return {
    value: median(all.map(({ time }) => time)),
    note: `${side}² in ${(all[0]!.bytes / 1e6).toFixed(1)} MB; median of 5, first ${all[0]!.time.toFixed(0)} ms`,
  };
}

/** From asking the mask's worker to the result on the page, the mask's way there and back included. */
async function operation(bench: Bench, size: number, kind: "grow" | "feather"): Promise<Measured> {
  const { page, worked } = bench;
  const run = () =>
    page.evaluate(
      async ([width, name]) => {
        const worker = window.masks.createMaskWorker();
        const data = new Uint8Array(width * width);
        for (let y = 0; y < width; y++) {
          // Bands and a large disc: edges everywhere.
          for (let x = 0; x < width; x++) {
            const inDisc = Math.hypot(x - width / 2, y - width / 2) < width / 3;
            if (inDisc || (x >> 6) % 4 === 0) data[y * width + x] = 255;
          }
        }
        const mask = { width, height: width, data };
        const todo =
          name === "grow" ? ({ kind: name, radius: 12 } as const) : ({ kind: name, sigma: 8 } as const);
        const times: { preview: number | null; done: number }[] = [];
        for (let round = 0; round < 8; round++) {
          const began = performance.now();
          let preview: number | null = null;
          await worker.run(mask, todo, {
            onPreview: () => {
              preview ??= performance.now() - began;
            },
          });
          times.push({ preview, done: performance.now() - began });
        }
        worker.close();
        // The first round also starts the worker.
        return times.slice(1);
      },
      [size, kind] as const,
    );
  const before = await worked();
  const times = await run();
  const busy = ((await worked()) - before) / (times.length + 1);
  const previews = times.flatMap(({ preview }) => preview ?? []);
  return {
    value: median(times.map(({ done }) => done)),
    note:
      (previews.length > 0 ? `preview after ${median(previews).toFixed(0)} ms; ` : "") +
      `main thread ${busy.toFixed(1)} ms a time, with making the mask`,
  };
}

export const benchmarks: Benchmark[] = [
  ...(["grow", "feather"] as const).flatMap((kind): Benchmark[] => [
    {
      name: `masks-browser/${kind}-512`,
      unit: "ms",
      target: { atMost: 50 },
      run: () => withPage((bench) => operation(bench, 512, kind)),
    },
    {
      name: `masks-browser/${kind}-4096`,
      unit: "ms",
      target: { atMost: 600 },
      run: () => withPage((bench) => operation(bench, side, kind)),
    },
  ]),
  {
    name: "masks-browser/stroke-commit",
    unit: "ms",
    target: { atMost: 16 },
    run: () => withPage(strokeCommit),
  },
  { name: "masks-browser/undo-stroke", unit: "ms", target: { atMost: 16 }, run: () => withPage(undoStroke) },
  {
    name: "masks-browser/undo-fill",
    unit: "ms",
    target: { atMost: 100 },
    run: () => withPage((bench) => undoWhole(bench, "fill")),
  },
  {
    name: "masks-browser/undo-invert",
    unit: "ms",
    target: { atMost: 100 },
    run: () => withPage((bench) => undoWhole(bench, "invert")),
  },
  {
    name: "masks-browser/first-paint",
    unit: "ms",
    target: { atMost: 500 },
    run: () => withPage((bench) => firstPaint(bench, "/files/photograph.jpg")),
  },
  {
    name: "masks-browser/first-paint-png",
    unit: "ms",
    target: { atMost: 500 },
    run: () => withPage((bench) => firstPaint(bench, "/files/photograph.png")),
  },
  {
    name: "masks-browser/next-in-queue",
    unit: "ms",
    target: { atMost: 100 },
    run: () => nextInQueue(2048),
  },
  {
    name: "masks-browser/next-in-queue-4096",
    unit: "ms",
    target: { atMost: 100 },
    run: () => nextInQueue(side),
  },
];
