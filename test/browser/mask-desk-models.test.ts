import type { Page } from "playwright-core";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import {
  areaText,
  ask,
  openDesk,
  type RegionState,
  saveState,
  serverMask,
  setUpDesk,
} from "../support/mask-desk";
import { eventually } from "../support/studio-page";

/** No images of its own: a run with the pack that ships draws them, and says what it recognised. */
const desk = setUpDesk(0);

interface EditState {
  id: string;
  editObject: string | null;
  masks: { kind: string }[];
  candidates: unknown[];
}

let edit: EditState;
let region: RegionState;

/** `eventually` is for tests: this waits in their set-up. */
async function waitFor<T>(read: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    await new Promise((done) => setTimeout(done, 300));
  }
}

beforeAll(async () => {
  const { id: importId } = await ask<{ id: string }>(desk.url, "POST", "/imports/storybook", {
    count: 4,
    seed: 21,
  });
  await waitFor(async () => {
    const { state } = await ask<{ state: string }>(desk.url, "GET", `/imports/${importId}`);
    return state === "succeeded" || undefined;
  });
  const quick = { maxCandidates: 1, keep: 1, batch: 1, steps: 2 };
  const { id } = await ask<{ id: string }>(desk.url, "POST", "/runs", {
    name: "Regions for the mask desk",
    anchors: { origin: "storybook", limit: 4 },
    instructions: { editsPerAnchor: 2, editTypes: ["change-color"] },
    region: { enabled: true, withoutObject: "skip", softShare: 1, ...quick },
    freeForm: quick,
  });
  edit = await waitFor(async () => {
    const { items } = await ask<{ items: EditState[] }>(desk.url, "GET", `/runs/${id}/edits?limit=20`);
    return items.find(({ masks, candidates }) => masks.length === 3 && candidates.length > 0);
  });
  region = await ask<RegionState>(desk.url, "POST", "/masks/open", { editId: edit.id });
});

const layer = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Device pixels of the canvas on which the masks lie that are not clear. */
const shownPixels = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelectorAll<HTMLCanvasElement>('[data-testid="mask-canvas"] canvas')[1]!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i]! > 0) count++;
    return count;
  });

/** What the status bar says of the mask, once it has been measured. */
async function measured(page: Page): Promise<string | null> {
  await eventually(() => areaText(page)).not.toBe("…");
  return areaText(page);
}

/** The pipeline's mask of a kind, at the image's size. */
async function pipelineMask(kind: string): Promise<Uint8Array> {
  const layers = await ask<{ kind: string; png: { sha256: string } }[]>(
    desk.url,
    "GET",
    `/masks/${region.id}/layers`,
  );
  const { png } = layers.find((each) => each.kind === kind)!;
  const file = await fetch(`${desk.url}/api/images/${png.sha256}`);
  const { data } = await sharp(await file.arrayBuffer())
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return new Uint8Array(data);
}

const overlap = (a: Uint8Array, b: Uint8Array) => {
  let [both, any] = [0, 0];
  a.forEach((level, i) => {
    if (level > 127 && b[i]! > 127) both++;
    if (level > 127 || b[i]! > 127) any++;
  });
  return both / any;
};

describe("the pipeline's masks as layers", () => {
  it("are switched through by key, each as the pipeline made it, and join the mask", async () => {
    const page = await desk.profile.newPage();
    await openDesk(page, `/masks/desk?editId=${edit.id}`);
    for (const name of ["Fine", "Contour", "Box", "Soft"]) await layer(page, name).waitFor();
    expect(await shownPixels(page)).toBe(0);
    const seen: Record<string, number> = {};
    for (const name of ["Fine", "Contour", "Box", "Soft"]) {
      await page.keyboard.press("Alt+]");
      await eventually(() => layer(page, name).getAttribute("aria-pressed")).toBe("true");
      await eventually(() => shownPixels(page)).toBeGreaterThan(0);
      seen[name] = await shownPixels(page);
    }
    expect(seen.Box).toBeGreaterThan(seen.Fine!);
    expect(seen.Soft).toBeGreaterThanOrEqual(seen.Fine!);

    // The soft one is on screen: it becomes the mask, levels and all.
    await page.keyboard.press("Alt+r");
    await eventually(() => areaText(page)).toContain("soft");
    await eventually(() => saveState(page)).toBe("saved");
    expect(Buffer.compare(await serverMask(desk.url, region.id), await pipelineMask("soft"))).toBe(0);
    await page.keyboard.press("Control+z");
    await eventually(() => areaText(page)).toBe("Empty mask");

    await page.getByRole("button", { name: "Replace the mask by Fine" }).click();
    await page.getByRole("button", { name: "Add Box" }).click();
    await eventually(() => saveState(page)).toBe("saved");
    const [fine, box] = [await pipelineMask("fine"), await pipelineMask("box")];
    const union = fine.map((level, i) => Math.max(level, box[i]!));
    await eventually(async () => Buffer.compare(await serverMask(desk.url, region.id), union)).toBe(0);
    await page.getByRole("button", { name: "Subtract Fine" }).click();
    const rest = box.map((level, i) => (fine[i]! > 127 ? 0 : level));
    await eventually(async () => Buffer.compare(await serverMask(desk.url, region.id), rest)).toBe(0);
    await page.close();
  });
});

describe("the pack's models", () => {
  it("find what a text names, show it before it is taken, and take it", async () => {
    const page = await desk.profile.newPage();
    await openDesk(page, `/masks/${region.id}`);
    const before = await measured(page);
    const noun = edit.editObject!.split(" ").at(-1)!;
    await page.keyboard.press("/");
    await page.getByLabel("Find by text").fill(noun);
    await page.keyboard.press("Enter");
    const proposal = page.getByRole("toolbar", { name: "Proposal" });
    await proposal
      .getByRole("button", { name: new RegExp(`^${noun} \\d+$`) })
      .first()
      .waitFor();
    await proposal.getByRole("button", { name: "Replace" }).waitFor();
    expect(await areaText(page)).toBe(before);
    await proposal.getByRole("button", { name: "Replace" }).click();
    await proposal.waitFor({ state: "hidden" });
    await eventually(() => saveState(page)).toBe("saved");
    const fine = await pipelineMask("fine");
    await eventually(async () => overlap(await serverMask(desk.url, region.id), fine)).toBeGreaterThan(0.8);
    await page.close();
  });

  it("answer a click with alternatives; Escape drops them, Enter takes one", async () => {
    const page = await desk.profile.newPage();
    await openDesk(page, `/masks/${region.id}`);
    const before = await measured(page);
    await page.keyboard.press("s");
    const at = (await page.getByTestId("mask-canvas").boundingBox())!;
    const click = () => page.mouse.click(at.x + at.width * 0.5, at.y + at.height * 0.6);
    const proposal = page.getByRole("toolbar", { name: "Proposal" });
    await click();
    await proposal.getByRole("button", { name: "Add" }).waitFor();
    expect(await areaText(page)).toBe(before);
    await page.keyboard.press("Escape");
    await proposal.waitFor({ state: "hidden" });
    await click();
    await proposal.getByRole("button", { name: "Replace" }).click();
    await eventually(() => areaText(page)).not.toBe(before);
    await eventually(() => areaText(page)).toContain("piece");
    await page.close();
  });
});
