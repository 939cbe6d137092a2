import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser";
import { type Studio, startStudio } from "../support/studio";
import { eventually, expectSound, faintTexts, openPage } from "../support/studio-page";

let studio: Studio;
let browser: Browser;
beforeAll(async () => {
  studio = await startStudio();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await studio?.stop();
});

/** Each page of an empty studio with a text that is there once it has loaded. */
const pages = [
  ["/", "Start with images"],
  ["/anchors", "No anchors yet"],
  ["/seeds", "Every edit type has at least"],
  ["/seeds/new", "No anchor waits for a seed"],
  ["/seeds/new?free=1", "A seed without an image"],
  ["/runs", "No run yet"],
  ["/runs/new", "No captioned anchor fits"],
  ["/masks", "No masks yet"],
  ["/masks/queue", "No mask waits"],
  ["/review", "Nothing to review yet"],
  ["/review/batch", "Nothing to review yet"],
  ["/review/settings", "Reasons for rejecting"],
  ["/samples", "No samples yet"],
  ["/samples?part=map", "No map yet"],
  ["/samples?part=actions", "Nothing done to many at once yet"],
  ["/calibration", "No candidates yet"],
  ["/calibration?part=model", "No acceptance model yet"],
  ["/calibration?part=agreement", "Nothing to compare yet"],
  ["/releases", "There are no samples to release"],
  ["/chains", "No chain yet"],
  ["/people", "Add a member"],
  ["/sign-in", "Go on without signing in"],
] as const;

describe.each(["light", "dark"] as const)("an empty studio, %s", (colorScheme) => {
  it.each(pages)("%s", async (path, text) => {
    const desk = await openPage(browser, studio.url, { colorScheme });
    try {
      await desk.page.goto(path);
      await desk.page.getByText(text).first().waitFor();
      expect(await desk.page.evaluate(() => document.documentElement.dataset.theme)).toBe(colorScheme);
      await expectSound(desk);
      expect(await faintTexts(desk.page)).toEqual([]);
    } finally {
      await desk.close();
    }
  });
});

it("has an icon also where a browser asks for it by its old name", async () => {
  expect((await fetch(`${studio.url}/favicon.ico`)).status).toBe(200);
});

it("keeps the chosen theme over a reload, against the system's", async () => {
  const desk = await openPage(browser, studio.url, { colorScheme: "light" });
  const { page } = desk;
  await page.goto("/");
  await page.getByLabel("Theme").selectOption("dark");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.reload();
  expect(await background()).toBe(dark);
  await page.getByLabel("Theme").selectOption("light");
  expect(await background()).not.toBe(dark);
  await desk.close();
});

it("shows every key of a desk at ?, and closes at Escape", async () => {
  const desk = await openPage(browser, studio.url);
  const { page } = desk;
  await page.goto("/review");
  await page.getByText("Nothing to review yet").waitFor();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await help.waitFor();
  for (const name of ["Approve", "Reject", "Undo", "Edit not done", "Skip", "Flicker", "Zoom in"]) {
    expect(await help.getByText(name, { exact: false }).count()).toBeGreaterThan(0);
  }
  await expectSound(desk);
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "hidden" });
  await desk.close();
});

it.each([
  [1024, 700],
  [390, 844],
])("has every page inside a window of %i×%i", async (width, height) => {
  const desk = await openPage(browser, studio.url);
  const { page } = desk;
  await page.setViewportSize({ width, height });
  const tooWide: string[] = [];
  for (const [path, text] of pages) {
    await page.goto(path);
    await page.getByText(text).first().waitFor();
    const [needed, given] = await page.evaluate(() => {
      const main = document.getElementById("main")!;
      return [Math.max(main.scrollWidth, document.documentElement.scrollWidth), main.clientWidth];
    });
    if (needed! > Math.max(given!, width)) tooWide.push(`${path}: ${needed} > ${given}`);
  }
  expect(tooWide).toEqual([]);
  await desk.close();
});

it("folds the navigation to a rail, and to a drawer on a phone", async () => {
  const desk = await openPage(browser, studio.url);
  const { page } = desk;
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.goto("/runs");
  const rail = page.getByRole("navigation", { name: "Main" });
  expect((await rail.boundingBox())!.width).toBeLessThan(60);
  await rail.getByRole("link", { name: "Seeds" }).click();
  await page.waitForURL("**/seeds");
  await page.setViewportSize({ width: 390, height: 844 });
  await rail.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Menu" }).click();
  const drawer = page.getByRole("dialog", { name: "Menu" });
  await drawer.getByLabel("Theme").waitFor();
  await drawer.getByRole("link", { name: "Chains" }).click();
  await page.waitForURL("**/chains");
  await drawer.waitFor({ state: "hidden" });
  await page.getByRole("heading", { level: 1, name: "Chains" }).waitFor();
  await expectSound(desk);
  await desk.close();
});

it("goes to a page at G and a letter, and shows what may follow G", async () => {
  const desk = await openPage(browser, studio.url);
  const { page } = desk;
  await page.goto("/runs");
  await page.getByText("No run yet").waitFor();
  const hint = page.getByRole("status").filter({ hasText: "Calibration" });
  await page.keyboard.press("g");
  await hint.waitFor();
  await page.keyboard.press("Escape");
  await hint.waitFor({ state: "hidden" });
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.waitForURL("**/anchors");
  const search = page.getByLabel("Search captions");
  await search.pressSequentially("g a?");
  expect(await search.inputValue()).toBe("g a?");
  await page.waitForURL("**/anchors?q=g+a%3F");
  await expectSound(desk);
  await desk.close();
});

it("finds pages and actions at Ctrl+K, from a field too", async () => {
  const desk = await openPage(browser, studio.url);
  const { page } = desk;
  await page.goto("/anchors");
  await page.getByLabel("Search captions").focus();
  await page.keyboard.press("Control+k");
  const menu = page.getByRole("dialog", { name: "All actions" });
  await menu.waitFor();
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await eventually(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
  await page.keyboard.press("Control+k");
  await menu.waitFor();
  await page.keyboard.type("releases");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/releases");
  await menu.waitFor({ state: "hidden" });
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await help.getByText("Find an action or a page").waitFor();
  await expectSound(desk);
  await desk.close();
});

it("leaves keys to the field that has the focus", async () => {
  const desk = await openPage(browser, studio.url);
  const { page } = desk;
  await page.goto("/seeds/new?free=1");
  const instruction = page.getByLabel("Instruction");
  await instruction.fill("");
  await instruction.pressSequentially("Is it? 123");
  expect(await instruction.inputValue()).toBe("Is it? 123");
  expect(await page.getByRole("dialog").count()).toBe(0);
  await desk.close();
});

it("reaches the content with one key, and every control after it", async () => {
  const desk = await openPage(browser, studio.url);
  const { page } = desk;
  await page.goto("/runs");
  await page.getByText("No run yet").waitFor();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("New run");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
  expect(outline).not.toBe("none");
  await desk.close();
});

it.each([
  ["/people", "Add a member", "Name"],
  ["/seeds", "Paste seeds", "Seeds as a table or as JSON lines"],
  ["/anchors", "Add anchors", "Choose files"],
] as const)("%s: gives the focus of “%s” to what is done first", async (path, button, first) => {
  const desk = await openPage(browser, studio.url);
  const { page } = desk;
  await page.goto(path);
  await page.getByRole("button", { name: button }).first().click();
  await page.getByRole("dialog").waitFor();
  await eventually(() =>
    page.evaluate(() => {
      const focused = document.activeElement as HTMLTextAreaElement | null;
      return focused?.labels?.[0]?.textContent || focused?.textContent;
    }),
  ).toBe(first);
  await desk.close();
});

const unknown = "00000000-0000-7000-8000-000000000000";

it.each([
  ["/nowhere", 404, "There is no such page"],
  ["/runs/xyz", 404, "There is no such run"],
  [`/runs/${unknown}`, 200, "There is no such run"],
  ["/runs/new?from=xyz", 200, "There is no such run"],
  ["/masks/zzz", 404, "There is no such mask"],
  [`/masks/${unknown}`, 200, "There is no region"],
  ["/masks/desk?sampleId=zzz", 200, "There is no such sample"],
  ["/seeds/new?anchor=xyz", 200, "There is no such anchor"],
])("%s: says that there is no such thing, without a way to try again", async (path, status, text) => {
  const desk = await openPage(browser, studio.url);
  const { page } = desk;
  expect((await page.goto(path))?.status()).toBe(status);
  await page.getByText(text).first().waitFor();
  expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
  await desk.close();
});
