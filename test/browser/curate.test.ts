import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { encoderOf } from "@/lib/server/curate/embed-samples";
import { layOutMap } from "@/lib/server/curate/lay-out-map";
import { writeEmbeddings } from "@/lib/server/curate/write-embeddings";
import { openLargeDatabase } from "@/scripts/large-database/open";
import { launchBrowser } from "../support/browser";
import { decideAll } from "../support/cloned-samples";
import { type Studio, startStudio } from "../support/studio";
import { eventually, expectSound, faintTexts, openPage, type StudioPage } from "../support/studio-page";

let folder: string;
let studio: Studio;
let browser: Browser;
let desk: StudioPage;

/** 240 samples, of which people decided 80 waiting ones by their score, all embedded in a circle. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pentimento-curate-"));
  const filled = await openLargeDatabase(folder, { samples: 240, pictures: 8, pictureSize: 96 });
  const context = { studio: filled.studio, caller: filled.studio.owner };
  const { projectId } = context.caller;
  const waiting = await filled.studio.db.sample.findMany({
    where: { state: "pending", withdrawn: false },
    include: { candidate: true },
    take: 80,
  });
  const score = (sample: (typeof waiting)[number]) =>
    (sample.candidate.scores as { clipDirection?: number }).clipDirection ?? 0;
  waiting.sort((a, b) => score(a) - score(b));
  await decideAll(
    context,
    waiting.map(({ id }, i) => ({
      id,
      kind: (i % 11 === 3) !== i >= waiting.length / 2 ? "approve" : "reject",
    })),
    4000,
  );
  const samples = await filled.studio.db.sample.findMany({
    where: { withdrawn: false },
    select: { id: true },
  });
  const encoder = await encoderOf(filled.studio, projectId);
  await writeEmbeddings(
    filled.studio,
    projectId,
    encoder!.id,
    samples.map(({ id }, i) => {
      const angle = (i / samples.length) * 2 * Math.PI;
      const vector = new Float32Array(16);
      vector.set([Math.cos(angle), Math.sin(angle)]);
      return { id, sha: "0".repeat(64), vector };
    }),
  );
  await layOutMap(filled.studio, projectId, encoder!.id);
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

it("finds samples, tags several, and takes the tag back", async () => {
  const { page } = desk;
  await page.goto("/samples");
  const tiles = page.getByRole("list", { name: "Samples" }).getByRole("listitem");
  await tiles.first().waitFor();
  const boxes = page.getByRole("checkbox", { name: /^Choose:/ });
  await boxes.nth(0).click();
  await boxes.nth(2).click({ modifiers: ["Shift"] });
  await page.getByText("3 chosen").waitFor();
  await page.getByLabel("Tag for the chosen samples").fill("shown");
  await page.getByRole("button", { name: "Tag", exact: true }).click();
  await page.getByText("Tagged 3 samples “shown”.").waitFor();
  await page.getByLabel("Tag", { exact: true }).selectOption({ label: "shown (3)" });
  await eventually(() => tiles.count()).toBe(3);
  await expectSound(desk);
  expect(await faintTexts(page)).toEqual([]);
  await page.goto("/samples?part=actions");
  await page.getByRole("button", { name: "Take back" }).first().click();
  await page.getByText("taken back on 3").waitFor();
  await expectSound(desk);
});

it("searches while one types, says how many fit, and keeps the search in the address", async () => {
  const { page } = desk;
  await page.goto("/samples");
  await page.getByText(/^\d+ samples$/).waitFor();
  const all = await page.getByText(/^\d+ samples$/).textContent();
  await page.keyboard.press("/");
  await page.keyboard.type("lamp");
  await eventually(() => page.getByText(/^\d+ samples?$/).textContent()).not.toBe(all);
  await eventually(() => new URL(page.url()).searchParams.get("f")).toBe('{"text":"lamp"}');
  const tiles = page.getByRole("list", { name: "Samples" }).getByRole("listitem");
  await eventually(async () => {
    const texts = await tiles.allTextContents();
    return texts.length > 0 && texts.every((text) => text.includes("lamp"));
  }).toBe(true);
  await page.reload();
  await eventually(() => page.getByLabel("Search instructions and captions").inputValue()).toBe("lamp");
  await page.getByRole("button", { name: "Clear" }).click();
  await eventually(() => page.getByText(/^\d+ samples$/).textContent()).toBe(all);
  expect(await page.getByLabel("Search instructions and captions").inputValue()).toBe("");
});

it("goes from one sample to the next by key, and decides and tags in place", async () => {
  const { page } = desk;
  const filter = encodeURIComponent(JSON.stringify({ state: "pending" }));
  await page.goto(`/samples?f=${filter}`);
  const tiles = page.getByRole("list", { name: "Samples" }).getByRole("listitem");
  await tiles.nth(2).waitFor();
  const names = (await tiles.allTextContents()).slice(0, 3);
  await tiles.first().getByRole("button").click();
  const dialog = page.getByRole("dialog");
  const title = dialog.getByRole("heading", { level: 2 });
  const shows = (index: number) =>
    eventually(async () => names[index]!.includes((await title.textContent())!)).toBe(true);
  await shows(0);
  expect(await dialog.getByRole("button", { name: "Previous" }).isDisabled()).toBe(true);
  await page.keyboard.press("ArrowRight");
  await shows(1);
  await page.keyboard.press("ArrowLeft");
  await shows(0);
  await expectSound(desk);
  expect(await faintTexts(page)).toEqual([]);

  await dialog.getByRole("button", { name: "Tag…" }).click();
  await dialog.getByLabel("Tag").fill("looked at");
  await page.keyboard.press("Enter");
  await dialog.getByText("looked at").waitFor();
  await dialog.getByRole("button", { name: "Approve" }).click();
  await dialog.getByText("Approved", { exact: true }).waitFor();
  // It waits no longer, so the next one has its place in the list.
  await eventually(async () => (await tiles.first().textContent())!).toBe(names[1]);
  await page.keyboard.press("ArrowRight");
  await shows(1);
  await page.goto("/samples?part=actions");
  const action = page.getByRole("listitem").filter({ hasText: "Approved 1 sample" }).first();
  await action.getByRole("button", { name: "Take back" }).click();
  await page.getByText("Taken back").first().waitFor();
});

it("fills the mask queue with what is chosen", async () => {
  const { page } = desk;
  await page.goto("/samples");
  const boxes = page.getByRole("checkbox", { name: /^Choose:/ });
  await boxes.nth(0).click();
  await boxes.nth(1).click();
  await page.getByRole("button", { name: "Draw masks…" }).click();
  const dialog = page.getByRole("dialog", { name: "Put them into the mask queue?" });
  await dialog.getByText("2 samples get").waitFor();
  await dialog.getByRole("button", { name: "Add to the queue" }).click();
  await page.getByText("2 regions more are in the queue.").waitFor();
  await page.getByRole("button", { name: "Draw the next" }).click();
  await page.waitForURL("**/masks/queue?kind=sample");
  await page.getByTestId("instruction").waitFor();
  await page.goto("/masks");
  await page.getByText("2 left").waitFor();
  await expectSound(desk);
});

it("sends a chosen sample on to its next turn, takes it back, and begins a run over it", async () => {
  const { page } = desk;
  const sendOn = async () => {
    await page.goto("/chains?part=ready");
    await page
      .getByRole("checkbox", { name: /^Choose:/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Start their next turn…" }).click();
    const dialog = page.getByRole("dialog", { name: "Start their next turn?" });
    await dialog.getByText("1 target becomes an anchor").waitFor();
    await dialog.getByRole("button", { name: "Start the next turn" }).click();
    await page.getByText("1 picture can take another turn.").waitFor();
  };
  await sendOn();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("1 picture taken back.").waitFor();
  const waiting = page.getByRole("link", { name: "New run over it" });
  await waiting.waitFor({ state: "hidden" });

  await sendOn();
  await page.goto("/anchors?part=generated");
  await page.getByText("turn 2").first().waitFor();
  expect(await page.getByRole("list", { name: "Anchors" }).getByRole("listitem").count()).toBe(1);
  await page.goto("/chains");
  await waiting.click();
  await page.waitForURL("**/runs/new?origin=sample&import=*");
  await page
    .getByRole("option", { name: "1 of “Next turn of approved samples”" })
    .waitFor({ state: "attached" });
  await expectSound(desk);
});

it("says what is wrong with a search that nobody can mean", async () => {
  const { page } = desk;
  await page.goto(`/samples?f=${encodeURIComponent(JSON.stringify({ text: "a\0b" }))}`);
  await page.getByText("holds a NUL character").first().waitFor();
  // The browser itself writes the refused request to its console.
  desk.complaints.length = 0;
  await page.goto("/samples?f=%7Bgarbage");
  await page.getByRole("list", { name: "Samples" }).getByRole("listitem").first().waitFor();
  await expectSound(desk);
});

it("chooses on the map with a lasso", async () => {
  const { page } = desk;
  await page.goto("/samples?part=map");
  const canvas = page.locator("canvas");
  await canvas.waitFor();
  const box = (await canvas.boundingBox())!;
  const corners = [
    [0.02, 0.02],
    [0.98, 0.02],
    [0.98, 0.98],
    [0.02, 0.98],
  ] as const;
  // The points come a moment after the canvas.
  await eventually(async () => {
    const at = ([x, y]: readonly [number, number]) =>
      [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(corners[0]));
    await page.mouse.down();
    for (const corner of corners) await page.mouse.move(...at(corner));
    await page.mouse.up();
    return page.getByText(/\d+ chosen/).count();
  }).toBe(1);
  await expectSound(desk);
});

it("moves a threshold and sees at once what passes", async () => {
  const { page } = desk;
  await page.goto("/calibration");
  const slider = page.getByRole("slider", { name: /^Change follows the text/ });
  await slider.waitFor();
  await page.getByText("(100%)").waitFor();
  await slider.fill("900");
  await eventually(() => page.getByText("(100%)").count()).toBe(0);
  await page.getByRole("button", { name: "Lift the bound of Change follows the text" }).click();
  await page.getByText("(100%)").waitFor();
  await expectSound(desk);
  expect(await faintTexts(page)).toEqual([]);
});

it("fits a model on the decisions and shows how well it holds", async () => {
  const { page } = desk;
  await page.goto("/calibration?part=model");
  await page.getByRole("button", { name: "Fit a model" }).click();
  await page.getByRole("img", { name: /^Reliability/ }).waitFor();
  await page.getByText("Let it decide").waitFor();
  // Nothing can be shown to be right ever: the button is off, and the page says so.
  await page.getByLabel("Right among the accepted, %").fill("100");
  await page.getByLabel("Right among the rejected, %").fill("100");
  await page.getByText("No threshold can be shown to be right that often").waitFor();
  expect(await page.getByRole("button", { name: "Apply as a new policy version" }).isDisabled()).toBe(true);
  await expectSound(desk);
  expect(await faintTexts(page)).toEqual([]);
});

it("shows agreement with gold and between people, or that there is none yet", async () => {
  const { page } = desk;
  await page.goto("/calibration?part=agreement");
  await page
    .getByText(/Nothing to compare yet|All, by edit type/)
    .first()
    .waitFor();
  await expectSound(desk);
});
