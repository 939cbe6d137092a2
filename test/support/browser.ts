import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const INSTALLED = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A headless Chromium: the installed one, else the one that came with the npm packages. */
export async function launchBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => path && existsSync(path));
  // Chromium refuses its sandbox to root, and containers often have none to give.
  const plain = ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"];
  if (installed) return chromium.launch({ executablePath: installed, args: plain });
  const { default: bundled } = await import("@sparticuz/chromium");
  return chromium.launch({
    executablePath: await bundled.executablePath(),
    args: [...new Set([...bundled.args, ...plain])],
  });
}
