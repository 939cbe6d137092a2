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
// Chromium refuses its sandbox to root, and containers often have none to give.
const PLAIN = ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"];

/** A headless Chromium: the installed one, else the one that came with the npm packages. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = INSTALLED.find((path) => path && existsSync(path));
  return executablePath ? chromium.launch({ executablePath, args: PLAIN }) : launchBundled();
}

/**
 * The Chromium of `@sparticuz/chromium`. It also carries the system libraries and a font that a bare machine
 * lacks, but unpacks them only where it believes to be on the cloud service it is made for. Its own arguments are
 * left out: they switch off the web's security rules, which the tests rely on.
 */
async function launchBundled(): Promise<Browser> {
  const before = { ...process.env };
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x";
  try {
    const { default: bundled } = await import("@sparticuz/chromium");
    const executablePath = await bundled.executablePath();
    const drawing = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
    return await chromium.launch({
      executablePath,
      // With the search path for those libraries, which is for the browser alone.
      env: { ...process.env } as Record<string, string>,
      args: [...PLAIN, "--no-zygote", "--in-process-gpu", ...drawing],
    });
  } finally {
    process.env = before;
  }
}
