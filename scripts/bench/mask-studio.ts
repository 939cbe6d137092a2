import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../test/support/browser";
import { drawPhotograph } from "../../test/support/mask-page-app/photograph";
import { type Studio, startStudio } from "../../test/support/studio";
import type { Measured } from "./benchmark";
import { until } from "./until";

/** Enough for dozens of photographs of 4096² on a busy machine. */
const importSeconds = 180;

export interface MaskStudio {
  studio: Studio;
  page: Page;
  ask<T>(method: string, path: string, body?: object): Promise<T>;
}

/** A studio of its own, and a page to open a desk in. */
export async function withMaskStudio(use: (parts: MaskStudio) => Promise<Measured>): Promise<Measured> {
  const studio = await startStudio();
  const browser: Browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, baseURL: studio.url });
    // The compiler of this file marks functions with a helper that the page does not have.
    await page.addInitScript("globalThis.__name = (value) => value");
    const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
      const response = await fetch(`${studio.url}/api/v1${path}`, {
        method,
        ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    };
    return await use({ studio, page, ask });
  } finally {
    await browser.close();
    await studio.stop();
  }
}

/** Imports so many different square JPEGs as anchors. */
export async function importPhotographs(parts: MaskStudio, count: number, side: number): Promise<string[]> {
  const { studio, ask } = parts;
  const { id } = await ask<{ id: string }>("POST", "/imports", { source: "benchmark" });
  for (let n = 1; n <= count; n++) {
    const path = `photograph-${String(n).padStart(3, "0")}.jpg`;
    const body = new Uint8Array(await drawPhotograph(side, "jpeg", n));
    const response = await fetch(`${studio.url}/api/uploads/${id}?path=${path}`, { method: "PUT", body });
    if (!response.ok) throw new Error(`The upload of ${path} was answered with ${response.status}.`);
  }
  await ask("POST", `/imports/${id}/finish`, {});
  await finished(parts, id);
  const { items } = await ask<{ items: { id: string }[] }>("GET", "/anchors?limit=60");
  if (items.length !== count) throw new Error(`${items.length} of ${count} photographs were imported.`);
  return items.map((anchor) => anchor.id);
}

/** Waits until an import has ended. */
export async function finished({ ask }: MaskStudio, id: string): Promise<void> {
  const { state, message } = await until(
    "The end of the import",
    importSeconds,
    () => ask<{ state: string; message: string | null }>("GET", `/imports/${id}`),
    ({ state }) => state === "succeeded" || state === "failed",
  );
  if (state === "failed") throw new Error(`The import failed: ${message}`);
}
