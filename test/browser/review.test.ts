import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openLargeDatabase } from "@/scripts/large-database/open";
import { launchBrowser } from "../support/browser";
import { drawRectangle } from "../support/mask-desk";
import { judge } from "../support/review-desk";
import { type Studio, startStudio } from "../support/studio";
import { eventually, expectSound, faintTexts, openPage, type StudioPage } from "../support/studio-page";

let folder: string;
let studio: Studio;
let browser: Browser;
let desk: StudioPage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pentimento-review-"));
  const filled = await openLargeDatabase(folder, { samples: 240, pictures: 8, pictureSize: 96 });
  await filled.close();
  studio = await startStudio({ dataDir: folder });
  browser = await launchBrowser();
  desk = await openPage(browser, studio.url);
});
afterAll(async () => {
  await browser?.close();
  await studio?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function api<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${studio.url}/api/v1${path}`, {
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
    headers: { "content-type": "application/json" },
  });
  return response.json() as Promise<T>;
}

const counts = () => api<{ pending: number; approved: number; rejected: number }>("/review/counts");

/** The id of the sample on screen. */
async function idOnScreen(): Promise<string> {
  return (await desk.page.getByTestId("instruction").getAttribute("data-sample"))!;
}

it("lets nobody judge a pair before both images are on screen", async () => {
  const { page } = desk;
  let show = () => {};
  const shown = new Promise<void>((resolve) => {
    show = resolve;
  });
  await page.route(/api\/images/, (route) => shown.then(() => route.continue()));
  const before = await counts();
  await page.goto("/review");
  await page.getByTestId("instruction").waitFor();
  await page.getByText("Loading the pair…").waitFor();
  const id = await idOnScreen();
  for (const key of ["a", "1", "x", "g"]) await page.keyboard.press(key);
  expect(await idOnScreen()).toBe(id);
  expect(await page.getByRole("toolbar", { name: "Why is it rejected?" }).count()).toBe(0);
  expect(await page.getByRole("dialog").count()).toBe(0);
  for (const name of [/^Approve/, /^Reject/]) {
    expect(await page.getByRole("button", { name }).isDisabled()).toBe(true);
  }
  show();
  await judge(page);
  expect(await page.getByText("Loading the pair…").count()).toBe(0);
  expect(await page.getByRole("button", { name: /^Approve/ }).isEnabled()).toBe(true);
  expect(await counts()).toEqual(before);
  await page.unroute(/api\/images/);
  await expectSound(desk);
});

it("begins each sample with its after, also where the one before was left on its before", async () => {
  const { page } = desk;
  const shows = (side: string) => page.locator("[data-testid=pair] ~ span", { hasText: side }).waitFor();
  await judge(page, " ");
  await shows("Before");
  await judge(page, "s");
  await shows("After");
  await judge(page, "k", "w");
});

it("rejects for several reasons with a note, and takes it back", async () => {
  const { page } = desk;
  await page.goto("/review");
  await page.getByTestId("instruction").waitFor();
  const before = await counts();
  const id = await idOnScreen();
  // Enter approves nothing, and a rejection says why.
  await judge(page, "Enter");
  expect(await idOnScreen()).toBe(id);
  await judge(page, "x", "Enter");
  expect(
    await page
      .getByRole("button", { name: /^Reject/ })
      .last()
      .isDisabled(),
  ).toBe(true);
  expect(await idOnScreen()).toBe(id);
  await judge(page, "2", "4", "n");
  await page.getByLabel("Note").fill("see the sky");
  await page.keyboard.press("Enter");
  await eventually(async () => (await counts()).rejected).toBe(before.rejected + 1);
  const log = await api<{ kind: string; reasons: string[]; note: string }[]>(`/review/samples/${id}/log`);
  expect(log.find(({ kind }) => kind === "reject")).toMatchObject({
    reasons: ["wrong-edit", "artifacts"],
    note: "see the sky",
  });
  await page.keyboard.press("u");
  await eventually(() => counts()).toEqual(before);
  await expectSound(desk);
});

it("fixes the texts in place and restores them from the log", async () => {
  const { page } = desk;
  const original = await page.getByTestId("instruction").textContent();
  await page.keyboard.press("e");
  await page.getByRole("textbox", { name: "Instruction" }).fill("Paint it in stripes.");
  await page.keyboard.press("Control+Enter");
  await page.getByText("text revision 2").waitFor();
  expect(await page.getByTestId("instruction").textContent()).toBe("Paint it in stripes.");
  await page.getByText("Stale: made for earlier texts").waitFor();
  await page.keyboard.press("l");
  await page.getByRole("button", { name: "Restore the texts" }).first().click();
  await page.getByText("text revision 3").waitFor();
  await page.keyboard.press("Escape");
  expect(await page.getByTestId("instruction").textContent()).toBe(original);
  await expectSound(desk);
});

it("redraws the mask over the desk, and gives the earlier one back from the log", async () => {
  const { page } = desk;
  const id = await idOnScreen();
  const revision = async () => (await api<{ maskRevision: number }>(`/review/samples/${id}`)).maskRevision;
  await page.keyboard.press("r");
  await page.getByRole("toolbar", { name: "Tools" }).waitFor();
  await drawRectangle(page);
  await expectSound(desk);
  await page.keyboard.press("f");
  await page.getByText("The sample has the new mask").waitFor();
  expect(await revision()).toBe(2);
  await page.keyboard.press("l");
  await page.getByRole("button", { name: "Restore the mask" }).first().click();
  await eventually(revision).toBe(3);
  await page.keyboard.press("Escape");
  await expectSound(desk);
});

it("keeps undo over a reload", async () => {
  const { page } = desk;
  const before = await counts();
  const id = await idOnScreen();
  const sent = page.waitForResponse(/review\/decide/);
  await judge(page, "a");
  await (await sent).finished();
  await eventually(async () => (await counts()).approved).toBe(before.approved + 1);
  await page.reload();
  await page.getByTestId("instruction").waitFor();
  await page.keyboard.press("u");
  await eventually(() => counts()).toEqual(before);
  await eventually(idOnScreen).toBe(id);
});

it("keeps a choice that the server does not take, and sends it again", async () => {
  const { page } = desk;
  const before = await counts();
  const id = await idOnScreen();
  const { textRevision } = await api<{ textRevision: number }>(`/review/samples/${id}`);
  const texts = { instruction: "Changed by another.", sourceCaption: "a", targetCaption: "b" };
  await api(`/review/samples/${id}/texts`, { textRevision, ...texts });
  await judge(page, "a");
  await page.getByText("changed while you looked at it").first().waitFor();
  await page.getByRole("button", { name: "1 choice not taken" }).click();
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByText("None is left.").waitFor();
  await page.keyboard.press("Escape");
  await eventually(async () => (await counts()).approved).toBe(before.approved + 1);
  // The browser tells of the refused request.
  desk.complaints.splice(0);
});

it("hides scores and run when blind", async () => {
  const { page } = desk;
  await page.goto("/review?blind=1");
  await page.getByTestId("instruction").waitFor();
  await page.getByText("blind", { exact: true }).waitFor();
  expect(await page.getByText("Made by").count()).toBe(0);
  expect(await page.getByText("Change follows the text").count()).toBe(0);
  await expectSound(desk);
});

it("sweeps a grid: choose, reject, approve the rest, undo as one", async () => {
  const { page } = desk;
  await page.goto("/review/batch");
  await page.getByRole("option").nth(49).waitFor();
  const before = await counts();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("1");
  await eventually(async () => (await counts()).rejected).toBe(before.rejected + 3);
  await page.keyboard.press("Shift+A");
  await eventually(async () => (await counts()).approved).toBe(before.approved + 47);
  await page.getByText("50 of 50 decided").waitFor();
  await page.keyboard.press("u");
  await eventually(async () => (await counts()).approved).toBe(before.approved);
  await page.keyboard.press("u");
  await eventually(() => counts()).toEqual(before);
  await expectSound(desk);

  // Undo reaches over a sheet.
  await page.keyboard.press("1");
  await eventually(async () => (await counts()).rejected).toBe(before.rejected + 1);
  await page.keyboard.press("PageDown");
  await page.getByText("0 of 50 decided").waitFor();
  await page.keyboard.press("u");
  await eventually(() => counts()).toEqual(before);
});

async function freeClaims(): Promise<void> {
  type Held = { items: { assignmentId: string }[] };
  for (let { items } = await api<Held>("/review/claims/mine"); items.length > 0; ) {
    await api("/review/claims/release", { assignmentIds: items.map((one) => one.assignmentId) });
    ({ items } = await api<Held>("/review/claims/mine"));
  }
}

it("brings here what another window of the same person has", async () => {
  // The page of the other tests gives back what it has.
  await desk.page.goto("about:blank");
  const window = await openPage(browser, studio.url);
  const { page } = window;
  await freeClaims();
  let held = 0;
  // A window that is gone holds all that waits.
  for (let more = true; more; ) {
    const { items, exhausted } = await api<{ items: unknown[]; exhausted: boolean }>("/review/claims", {
      limit: 50,
    });
    held += items.length;
    more = !exhausted;
  }
  await page.goto("/review");
  await page.getByRole("heading", { name: `Your other window has ${held} samples` }).waitFor();
  await expectSound(window);
  await page.getByRole("button", { name: "Take over" }).click();
  await page.getByTestId("instruction").waitFor();
  await window.close();
  await freeClaims();
});

it("lets the project choose its reasons", async () => {
  const { page } = desk;
  await page.goto("/review/settings");
  await page.getByRole("button", { name: "Delete Other" }).click();
  await page.getByLabel("New reason").fill("Blurry");
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByRole("button", { name: "Delete Blurry" }).waitFor();
  await expectSound(desk);
  expect(await faintTexts(page)).toEqual([]);
  await page.goto("/review");
  await page.getByTestId("instruction").waitFor();
  await judge(page, "x");
  await page.getByRole("button", { name: "Blurry" }).waitFor();
  await page.keyboard.press("Escape");
});
