import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../support/browser";
import { drawRectangle } from "../support/mask-desk";
import { type Studio, startStudio } from "../support/studio";
import { eventually, expectSound, faintTexts, openPage, type StudioPage } from "../support/studio-page";

let studio: Studio;
let browser: Browser;
let desk: StudioPage;

beforeAll(async () => {
  studio = await startStudio();
  browser = await launchBrowser();
  desk = await openPage(browser, studio.url);
});
afterAll(async () => {
  await browser?.close();
  await studio?.stop();
});

it("pastes a table, asks for a column, and keeps what it refused until it is put right", async () => {
  const { page } = desk;
  await page.goto("/seeds");
  await page.getByRole("button", { name: "Paste seeds" }).click();
  const text = page.getByLabel("Seeds as a table or as JSON lines");
  await text.fill(
    [
      "caption,instruction,afterwards",
      "a copper kettle on a stove,Wrap the kettle in a scarf,a copper kettle in a scarf on a stove",
      "a cat, asleep,Wake the cat,a cat awake",
    ].join("\n"),
  );
  await page.getByText("Choose the column of the target caption").waitFor();
  await page.getByLabel("Target caption").selectOption({ label: "afterwards" });
  await page.getByText("1 new, 0 known already, 1 problem").waitFor();
  await expectSound(desk);
  expect(await faintTexts(page)).toEqual([]);
  await page.getByRole("button", { name: "Add 1 seed" }).click();
  await page.getByText(/^1 added, 0 known already, 1 refused/).waitFor();
  expect(await text.inputValue()).toBe(
    "caption,instruction,afterwards\na cat, asleep,Wake the cat,a cat awake",
  );

  // Closed by mistake, nothing is lost.
  await page.waitForTimeout(500);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Paste seeds" }).click();
  expect(await text.inputValue()).toContain("Wake the cat");
  await text.fill("");
  await page.waitForTimeout(500);
  await page.keyboard.press("Escape");
});

it("shows the verbs of a type and the seeds of a verb", async () => {
  const { page } = desk;
  await page.goto("/seeds");
  const verbs = page.getByRole("region", { name: "Verbs" });
  await verbs.getByText("Verbs without an example").waitFor();
  await page
    .getByRole("region", { name: "Coverage" })
    .getByRole("button", { name: /^Remove/ })
    .click();
  await verbs
    .getByRole("button", { name: /missing$/ })
    .first()
    .waitFor();
  await verbs.getByRole("button", { name: /^erase \d/ }).click();
  await eventually(() => page.getByLabel("Search seeds").inputValue()).toBe("erase");
  await eventually(() => page.getByRole("button", { name: /^Archive: .*erase/i }).count()).toBeGreaterThan(0);
});

it("draws scenes to write seeds on", async () => {
  const { page } = desk;
  await page.goto("/anchors?import=1");
  await page.getByRole("tab", { name: "Storybook scenes" }).click();
  await page.getByLabel("How many").fill("8");
  await page.getByRole("button", { name: "Draw them" }).click();
  await page.getByText("8 added").waitFor();
});

it("corrects spelling by key, warns of similar seeds, and tries the seed on other images", async () => {
  const { page } = desk;
  await page.goto("/seeds/new");
  await page.getByLabel("Source caption").fill("a gren boat on a calm lake");
  await page.getByLabel("Instruction").fill("Replace the boat with a swan.");
  await page.getByLabel("Target caption").fill("a swan on a calm lake");
  await page.getByText("“gren” is in no dictionary").waitFor();
  await page.keyboard.press("Alt+c");
  await eventually(() => page.getByLabel("Source caption").inputValue()).toBe("a green boat on a calm lake");
  await eventually(() => page.getByText("is in no dictionary").count()).toBe(0);
  expect(await faintTexts(page)).toEqual([]);

  await page.keyboard.press("Alt+t");
  const dialog = page.getByRole("dialog", { name: "Try it" });
  await dialog.getByText(/this seed alone to learn from/).waitFor();
  await eventually(() => dialog.getByRole("img").count()).toBe(3);
  await expectSound(desk);
  await page.keyboard.press("Escape");
});

it("draws the region in the form by keys, keeps it with the draft, and saves it with the seed", async () => {
  const { page } = desk;
  const instruction = page.getByLabel("Instruction");
  await instruction.focus();
  await page.keyboard.press("Alt+r");
  await page.getByRole("toolbar", { name: "Tools" }).waitFor();
  await drawRectangle(page);
  await expectSound(desk);
  await page.keyboard.press("Escape");
  const kept = page.getByText("The coloured region is saved with the seed");
  await kept.waitFor();
  expect(await instruction.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.reload();
  await kept.waitFor();
  expect(await instruction.inputValue()).toBe("Replace the boat with a swan.");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Seed saved").waitFor();
  const answer = await fetch(`${studio.url}/api/v1/seeds?limit=1`);
  const { items } = (await answer.json()) as {
    items: { instruction: string; region: { mask: object } | null }[];
  };
  expect(items[0]!.instruction).toBe("Replace the boat with a swan.");
  expect(items[0]!.region!.mask).toBeTruthy();
});

it("knows a seed again", async () => {
  const { page } = desk;
  await page.goto("/seeds/new");
  await page.getByLabel("Source caption").fill("a green boat on a calm lake");
  await page.getByLabel("Instruction").fill("Replace the boat with a swan");
  await page.getByRole("status", { name: "Similar seeds" }).getByText("on this caption").waitFor();
});
