import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";

export interface StudioPage {
  page: Page;
  /** What the page has complained about so far: uncaught errors and the console's. */
  complaints: string[];
  close(): Promise<void>;
}

/** Long enough for a busy machine; what works takes a moment. */
const patienceMs = 90_000;

/** `await eventually(() => value).toBe(...)`: asks again until it holds. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: patienceMs, interval: 100 });
}

/** A page of a studio in a fresh browser profile. */
export async function openPage(
  browser: Browser,
  url: string,
  options: { colorScheme?: "light" | "dark" } = {},
): Promise<StudioPage> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 720 },
    reducedMotion: "reduce",
    acceptDownloads: true,
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  return { page, complaints, close: () => context.close() };
}

/** What is on the page and has no name that a screen reader could say, or a name that is used twice as an id. */
export function unnamedControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const nameOf = (element: Element) => {
      const labelled = element.getAttribute("aria-labelledby");
      const labels = "labels" in element ? [...((element.labels as NodeListOf<Element> | null) ?? [])] : [];
      return [
        element.getAttribute("aria-label"),
        labelled && document.getElementById(labelled)?.textContent,
        ...labels.map((label) => label.textContent),
        element.getAttribute("alt"),
        element.matches("button, a, summary, [role=tab]") && element.textContent,
      ]
        .join("")
        .trim();
    };
    const controls = [
      ...document.querySelectorAll(
        "button, a[href], input:not([type=hidden]), select, textarea, summary, img, canvas, [role=progressbar], dialog[open]",
      ),
    ].filter(visible);
    const unnamed = controls
      .filter((element) => nameOf(element) === "" && element.getAttribute("alt") !== "")
      .map((element) => `no name: ${element.outerHTML.slice(0, 200)}`);
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id used twice: ${id}`);
    const headings = document.querySelectorAll("h1").length;
    return [...unnamed, ...twice, ...(headings === 1 ? [] : [`${headings} main headings`])];
  });
}

/** Fails with the list of what a screen reader could not name, and of errors in the console. */
export async function expectSound({ page, complaints }: StudioPage): Promise<void> {
  expect({ path: new URL(page.url()).pathname, unnamed: await unnamedControls(page), complaints }).toEqual({
    path: new URL(page.url()).pathname,
    unnamed: [],
    complaints: [],
  });
}

/** Texts whose contrast with what lies behind them is below 4.5 to 1 (WCAG 2.2, 1.4.3; disabled controls excepted). */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true })!;
    /** The colours painted over each other, as sRGB bytes. */
    const blend = (colours: string[]) => {
      context.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
      }
      return context.getImageData(0, 0, 1, 1).data;
    };
    const luminance = (data: Uint8ClampedArray) => {
      const [red, green, blue] = [data[0]!, data[1]!, data[2]!].map((byte) => {
        const level = byte / 255;
        return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    };
    const faint: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement!;
      const text = node.textContent!.trim();
      if (!text || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (element.closest("script, style, :disabled, .sr-only, option, svg")) continue;
      const behind: string[] = [];
      for (let at: Element | null = element; at; at = at.parentElement) {
        behind.unshift(getComputedStyle(at).backgroundColor);
      }
      const style = getComputedStyle(element);
      const back = luminance(blend(behind));
      const front = luminance(blend([...behind, style.color]));
      const ratio = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
      if (ratio < 4.5) faint.push(`${ratio.toFixed(2)}: ${text.slice(0, 60)}`);
    }
    return faint;
  });
}
