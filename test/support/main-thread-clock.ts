import { existsSync, readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";

/**
 * Milliseconds that a page's main thread has worked so far. On Linux it is the thread's processor time, so that other
 * programs on the machine do not count; elsewhere the browser's own sum of its tasks' lengths.
 */
export async function mainThreadClock(browser: Browser, page: Page): Promise<() => Promise<number>> {
  const file = await scheduleFile(browser, page);
  if (file) return async () => Number(readFileSync(file, "utf8").split(" ")[0]) / 1e6;
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
  };
}

/** The kernel's account of the renderer's main thread: nanoseconds on a processor come first. */
async function scheduleFile(browser: Browser, page: Page): Promise<string | null> {
  const session = await browser.newBrowserCDPSession();
  const times = async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    return new Map(renderers.map(({ id, cpuTime }) => [id, cpuTime]));
  };
  // A browser may keep a renderer in reserve: the page's is the one that works when the page does.
  const before = await times();
  await page.evaluate(() => {
    let sum = 0;
    for (let i = 0; i < 3e8; i++) sum += i & 7;
    return sum;
  });
  const gains = [...(await times())].map(([id, time]) => ({ id, gain: time - (before.get(id) ?? 0) }));
  const id = gains.sort((a, b) => b.gain - a.gain)[0]?.id;
  const file = `/proc/${id}/task/${id}/schedstat`;
  return existsSync(file) ? file : null;
}
