import { existsSync, readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";

/**
 * Milliseconds that a page's main thread has worked so far. On Linux it is the thread's processor time, so that other
 * programs on the machine do not count; elsewhere the browser's own sum of its tasks' lengths.
 */
export async function mainThreadClock(browser: Browser, page: Page): Promise<() => Promise<number>> {
  const file = await scheduleFile(browser);
  if (file) return async () => Number(readFileSync(file, "utf8").split(" ")[0]) / 1e6;
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
  };
}

/** The kernel's account of the renderer's main thread: nanoseconds on a processor come first. */
async function scheduleFile(browser: Browser): Promise<string | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  // The page's is the busiest: a browser may keep an idle one in reserve.
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const busiest = renderers.sort((a, b) => b.cpuTime - a.cpuTime)[0];
  const file = busiest ? `/proc/${busiest.id}/task/${busiest.id}/schedstat` : null;
  return file && existsSync(file) ? file : null;
}
