import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../support/browser";
import { judge } from "../support/review-desk";
import { type Studio, startStudio } from "../support/studio";
import { eventually, expectSound, openPage, type StudioPage } from "../support/studio-page";

let photos: string;
let studio: Studio;
let browser: Browser;
let desk: StudioPage;

beforeAll(async () => {
  photos = mkdtempSync(join(tmpdir(), "pentimento-photos-"));
  // A tiny pack of the same architecture as the big ones: the whole pipeline in seconds, its images mere noise.
  studio = await startStudio({ environment: { PENTIMENTO_PACKS_DIR: resolve("test/fixtures/packs") } });
  browser = await launchBrowser();
  desk = await openPage(browser, studio.url);
});
afterAll(async () => {
  await browser?.close();
  await studio?.stop();
  rmSync(photos, { recursive: true, force: true });
});

/** Three pictures of hills under a sun, a file that is no picture, and the list of their captions. */
async function writePhotos(): Promise<string[]> {
  const hues = ["#d9480f", "#1971c2", "#2f9e44"];
  const names = await Promise.all(
    hues.map(async (hue, index) => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240">
        <rect width="320" height="240" fill="#cfe8ff"/><circle cx="${60 + 80 * index}" cy="60" r="30" fill="#ffd43b"/>
        <path d="M0 240V150Q80 90 160 150T320 150V240Z" fill="${hue}"/></svg>`;
      const name = `hills-${index}.jpg`;
      await sharp(Buffer.from(svg)).jpeg({ quality: 95 }).toFile(join(photos, name));
      return name;
    }),
  );
  // The list also names a file that is no picture.
  const lines = [...names, "broken.png"].map((file_name, index) =>
    JSON.stringify({ file_name, text: `a red hill number ${index} under a yellow sun`, license: "CC0-1.0" }),
  );
  writeFileSync(join(photos, "metadata.jsonl"), `${lines.join("\n")}\n`);
  writeFileSync(join(photos, "broken.png"), "this is no picture");
  return [...names, "metadata.jsonl", "broken.png"].map((name) => join(photos, name));
}

it("imports images from disk, with a report of what was refused", async () => {
  const { page } = desk;
  await page.goto("/");
  await page.getByRole("link", { name: "Add anchors" }).click();
  await page.getByLabel("Files", { exact: true }).setInputFiles(await writePhotos());
  await page.getByText("3 added, 1 refused").waitFor();
  await page.getByText("a red hill number 0 under a yellow sun").waitFor();
  await page.getByRole("button", { name: "Report" }).click();
  await page.getByRole("dialog").getByText("broken.png").waitFor();
  await page.keyboard.press("Escape");
  await expectSound(desk);
});

it("writes a seed with the keyboard alone and goes on to the next image", async () => {
  const { page } = desk;
  await page.goto("/seeds/new");
  const instruction = page.getByLabel("Instruction");
  await instruction.waitFor();
  expect(await instruction.evaluate((element) => element === document.activeElement)).toBe(true);
  const source = await page.getByLabel("Source caption").inputValue();
  expect(await page.getByLabel("Target caption").inputValue()).toBe(source);

  // Saved too early, it says what is missing.
  await page.keyboard.press("Control+Enter");
  await page.getByText("The instruction is empty.").waitFor();

  await instruction.fill("Paint the hill blue");
  expect(await page.getByRole("radio", { name: "Change colour" }).isChecked()).toBe(true);
  await page.keyboard.press("Alt+5");
  await page.getByText("The wording suggests “Change colour”.").waitFor();
  await page.keyboard.press("Alt+4");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(source.replace("red", "blue"));
  await eventually(() => page.getByTestId("diff").textContent()).toContain("red blue");

  // The unfinished text survives a reload.
  await page.reload();
  await eventually(() => page.getByLabel("Instruction").inputValue()).toBe("Paint the hill blue");
  await expectSound(desk);
  await page.keyboard.press("Control+Enter");
  await page.getByText("Seed saved.").waitFor();
  await eventually(() => page.getByLabel("Source caption").inputValue()).not.toBe(source);
  expect(await page.getByLabel("Instruction").inputValue()).toBe("");

  await page.goto("/seeds");
  await page.getByLabel("Search seeds").fill("Paint the hill blue");
  await eventually(() => page.getByRole("button", { name: /^Archive:/ }).count()).toBe(1);
  await expectSound(desk);
});

it("pastes seeds and names the lines it refuses", async () => {
  const { page } = desk;
  await page.getByRole("button", { name: "Paste seeds" }).click();
  const good = {
    sourceCaption: "a small green boat on a lake",
    instruction: "Make the boat sink",
    targetCaption: "a small green boat sinking in a lake",
  };
  await page
    .getByLabel("Seeds as a table or as JSON lines")
    .fill(`${JSON.stringify(good)}\n{"instruction": 5}\n`);
  await page.getByRole("button", { name: "Add 1 seed" }).click();
  await page.getByText(/^1 added, 0 known already/).waitFor();
  await page
    .getByText(/^Line 2:/)
    .first()
    .waitFor();
  await page.keyboard.press("Escape");
});

it("draws Storybook scenes, launches a run and watches it succeed without a reload", async () => {
  const { page } = desk;
  await page.goto("/anchors?import=1");
  await page.getByRole("tab", { name: "Storybook scenes" }).click();
  await page.getByLabel("How many").fill("4");
  await page.getByRole("button", { name: "Draw them" }).click();
  await page.getByText("4 added").waitFor();

  await page.goto("/runs/new");
  await page.getByLabel("Name").fill("Whole path");
  await page.getByLabel("Anchors", { exact: true }).selectOption("storybook");
  await page.getByLabel("At most", { exact: true }).fill("2");
  await page.getByLabel("Edits for each anchor").fill("2");
  await page.getByLabel("Model pack").selectOption("tiny-sdxl");
  await page.getByLabel("Candidates for each edit, at most").fill("4");
  await page.getByLabel("Kept of each edit, at most").fill("1");
  await page.getByText("at most 16").waitFor();
  await expectSound(desk);
  await page.getByRole("button", { name: "Launch" }).click();

  await page.getByRole("heading", { name: "Whole path" }).waitFor();
  await eventually(() => page.getByTestId("run-state").textContent()).toBe("succeeded");
  await page
    .getByText(/samples? waits? for review/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: /Kept/ }).first().click();
  await page.getByRole("dialog").getByText("Kept as a sample").waitFor();
  await page.keyboard.press("Escape");
  await expectSound(desk);
});

it("reviews by keys: approve, reject with a reason, undo both", async () => {
  const { page } = desk;
  await page.getByRole("link", { name: "Review them" }).click();
  const instruction = page.getByTestId("instruction");
  await instruction.waitFor();
  const first = await instruction.textContent();
  const waiting = await counts();
  expect(waiting.pending).toBeGreaterThanOrEqual(2);

  await judge(page, "a");
  await eventually(() => counts()).toEqual({ pending: waiting.pending - 1, approved: 1, rejected: 0 });
  await judge(page, "x");
  await page.getByRole("toolbar", { name: "Why is it rejected?" }).waitFor();
  await page.keyboard.press("3");
  await page.keyboard.press("Enter");
  await eventually(() => counts()).toEqual({ pending: waiting.pending - 2, approved: 1, rejected: 1 });
  // Both are taken back, the last one first, although the desk has moved on.
  await page.keyboard.press("u");
  await page.keyboard.press("Control+z");
  await eventually(() => counts()).toEqual({ pending: waiting.pending, approved: 0, rejected: 0 });
  expect(await instruction.textContent()).toBe(first);
  await expectSound(desk);

  for (let left = waiting.pending; left > 1; left--) await judge(page, "a");
  await judge(page, "1");
  await page.getByRole("heading", { name: "All reviewed" }).waitFor();
  await eventually(() => counts()).toEqual({ pending: 0, approved: waiting.pending - 1, rejected: 1 });
  await expectSound(desk);
});

it("makes a release, exports it, and the file holds what was approved", async () => {
  const { page } = desk;
  const { approved } = await counts();
  await page.getByRole("link", { name: "Make a release" }).click();
  await page.getByRole("button", { name: "New release" }).first().click();
  await page.getByLabel("Name").fill("whole-path v1");
  await page.getByLabel("Validation split").selectOption("0");
  await page.getByText(new RegExp(`^${approved} samples? now$`)).waitFor();
  await page.getByRole("button", { name: "Make the release" }).click();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const link = page.getByRole("link", { name: /\.parquet$/ }).first();
  await link.waitFor();
  await page.getByText("load_dataset(").waitFor();
  await expectSound(desk);

  const downloading = page.waitForEvent("download");
  await link.click();
  const file = join(photos, "train.parquet");
  await (await downloading).saveAs(file);
  expect((await readFile(file)).subarray(0, 4).toString()).toBe("PAR1");
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file), utf8: false });
  expect(rows).toHaveLength(approved);
  for (const row of rows) {
    const { edit_prompt, input_image, edited_image } = row as Row;
    expect(edit_prompt.length).toBeGreaterThan(3);
    for (const { bytes } of [input_image, edited_image]) {
      const { format, width } = await sharp(bytes).metadata();
      expect({ format, width }).toEqual({ format: "png", width: 128 });
    }
    expect(Buffer.compare(input_image.bytes, edited_image.bytes)).not.toBe(0);
  }
});

type Row = {
  edit_prompt: string;
  input_image: { bytes: Uint8Array };
  edited_image: { bytes: Uint8Array };
};

async function counts(): Promise<{ pending: number; approved: number; rejected: number }> {
  const response = await fetch(`${studio.url}/api/v1/review/counts`);
  return (await response.json()) as { pending: number; approved: number; rejected: number };
}
