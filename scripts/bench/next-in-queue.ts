import type { Page } from "playwright-core";
import { format, type Measured, median, percentile } from "./benchmark";
import { importPhotographs, withMaskStudio } from "./mask-studio";

/** The first advances also compile the code. */
const warming = 4;
const advances = 24;
/** How long a person draws at least before the next image: time for it to be fetched and decoded. */
const drawingMs = 3000;

/**
 * From the key that finishes a region to the next image painted with its editable mask, for one region after the other.
 * Each is drawn on before, which also shows that its mask can be edited.
 */
export function nextInQueue(side: number): Promise<Measured> {
  return withMaskStudio(async (parts) => {
    const { page, ask } = parts;
    await importPhotographs(parts, warming + advances + 1, side);
    await ask("POST", "/masks/enqueue", { kind: "anchor" });
    await page.goto("/masks/queue");
    await page.getByRole("toolbar", { name: "Tools" }).waitFor();
    const times: number[] = [];
    for (let n = 0; n < warming + advances; n++) {
      const before = Date.now();
      await drawStroke(page);
      const area = await page.getByTestId("area").textContent();
      if (!area?.includes("1 piece")) throw new Error(`Region ${n + 1} took no stroke: ${area}.`);
      await page.waitForTimeout(Math.max(0, drawingMs - (Date.now() - before)));
      const time = page.evaluate(timeOfNextRegion);
      await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
      await page.keyboard.press("f");
      times.push(await time);
    }
    const warm = times.slice(warming);
    return {
      value: percentile(warm, 95),
      note: `${warm.length} advances, ${side}²; median ${format(median(warm))} ms, slowest ${format(Math.max(...warm))} ms`,
    };
  });
}

async function drawStroke(page: Page): Promise<void> {
  const box = (await page.getByTestId("mask-canvas").boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x - 60, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 12 });
  await page.mouse.up();
  await page.getByTestId("area").getByText("piece").waitFor();
}

/** Runs in the page: waits for the key, and then until another region is shown and its first frame is on screen. */
function timeOfNextRegion(): Promise<number> {
  return new Promise((done, fail) => {
    const title = () => document.querySelector('[data-testid="instruction"]')?.textContent;
    const before = title();
    window.addEventListener(
      "keydown",
      ({ timeStamp }) => {
        const look = () => {
          if (performance.now() - timeStamp > 20_000)
            return fail(new Error("The next region did not appear."));
          const now = title();
          if (!now || now === before) return void requestAnimationFrame(look);
          // The image is drawn in this frame; the next one begins when it is on screen.
          requestAnimationFrame(() => done(performance.now() - timeStamp));
        };
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  });
}
