import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
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

it("adds a member, who signs in with the link, works under the name, and loses nothing when access ends", async () => {
  const owner = await openPage(browser, studio.url);
  await owner.page.goto("/people");
  await owner.page.getByRole("button", { name: "Add a member" }).click();
  await owner.page.getByLabel("Name").fill("Ada Lovelace");
  await owner.page.getByLabel("Role", { exact: true }).selectOption("annotator");
  await owner.page.getByRole("button", { name: "Add and make a link" }).click();
  const link = await owner.page.getByRole("dialog").locator("code").textContent();
  expect(link).toMatch(/^http:\/\/.*\/sign-in#[\w-]{43}$/);
  await expectSound(owner);
  expect(await faintTexts(owner.page)).toEqual([]);
  await owner.page.getByRole("button", { name: "Done" }).click();

  const ada = await openPage(browser, studio.url);
  await ada.page.goto(link!);
  await ada.page.waitForURL(`${studio.url}/`);
  await ada.page.getByText("Ada Lovelace").waitFor();
  // A second use of the same link is refused in words.
  const thief = await openPage(browser, studio.url);
  await thief.page.goto(link!);
  await thief.page.getByText("This sign-in link was used already").waitFor();
  await thief.close();

  await ada.page.goto("/seeds/new?free=1");
  const text = ada.page.getByRole("textbox").first();
  await text.fill("a red car on a road");
  await owner.page.getByText("signed in in one browser").waitFor();
  await owner.page.getByRole("button", { name: "End access" }).click();
  await owner.page.getByText("no access").waitFor();
  await ada.page.getByText("You are signed out.").waitFor();
  expect(await text.inputValue()).toBe("a red car on a road");

  // With a new link in another tab of the same browser, the page goes on as it is.
  await owner.page.getByRole("button", { name: "Readmit" }).click();
  await owner.page
    .getByRole("listitem")
    .filter({ hasText: "Ada Lovelace" })
    .getByRole("button", { name: "New sign-in link" })
    .click();
  const second = await owner.page.getByRole("dialog").locator("code").textContent();
  const tab = await ada.page.context().newPage();
  await tab.goto(second!);
  await tab.waitForURL(`${studio.url}/`);
  await ada.page.getByRole("button", { name: "I have signed in" }).click();
  await ada.page.getByText("You are signed out.").waitFor({ state: "hidden" });
  expect(await text.inputValue()).toBe("a red car on a road");
  await ada.page.getByRole("button", { name: "Sign out" }).click();
  await ada.page.getByRole("button", { name: "Go on without signing in" }).click();
  await ada.page.waitForURL(`${studio.url}/`);
  await ada.close();
  await owner.close();
});

it("keeps what a role may not do out of its way, with the reason where something would be missing", async () => {
  const owner = await openPage(browser, studio.url);
  await owner.page.goto("/people");
  await owner.page.getByRole("button", { name: "Add a member" }).click();
  await owner.page.getByLabel("Name").fill("Grace Hopper");
  await owner.page.getByLabel("Role", { exact: true }).selectOption("reviewer");
  await owner.page.getByRole("button", { name: "Add and make a link" }).click();
  const link = await owner.page.getByRole("dialog").locator("code").textContent();
  await owner.close();
  const grace = await openPage(browser, studio.url);
  const { page } = grace;
  await page.goto(link!);
  await page.waitForURL(`${studio.url}/`);
  const buttons = (name: RegExp) => page.getByRole("main").getByRole("button", { name });

  await page.goto("/seeds");
  await page.getByText("built-in example").first().waitFor();
  // Who asks is known once the frame has the name.
  await page.getByText("Grace Hopper").waitFor();
  await eventually(() => buttons(/^(Edit|Archive|Paste seeds|Try them)/).count()).toBe(0);
  await expectSound(grace);
  await page.goto("/calibration?part=model");
  await page.getByText("No acceptance model yet").waitFor();
  await eventually(() => buttons(/Fit a model/).count()).toBe(0);
  await page.goto("/masks");
  await page.getByText("No masks yet").waitFor();
  await eventually(() => buttons(/Fill the queue|Import masks/).count()).toBe(0);
  await page.goto("/seeds/new?free=1");
  await page.getByText("You are here as a reviewer").waitFor();
  expect(await page.getByLabel("Instruction").isDisabled()).toBe(true);
  await grace.close();
});
