import type { Page } from "playwright-core";
import { format, type Measured, median, percentile } from "./benchmark";
import { finished, importPhotographs, type MaskStudio, withMaskStudio } from "./mask-studio";
import { until } from "./until";

/** The first clicks load the models and compile the code. */
const warming = 4;
const clicks = 40;
/** A person's pause between two clicks. */
const pauseMs = 200;

/** From letting the mouse go to the proposal on screen, while a run draws on the same machine, and before that. */
export function clickInBrowser(side: number): Promise<Measured> {
  return withMaskStudio(async (parts) => {
    const { page, ask } = parts;
    const [anchorId] = await importPhotographs(parts, 1, side);
    await page.goto(`/masks/desk?anchorId=${anchorId}`);
    await page.getByRole("toolbar", { name: "Tools" }).waitFor();
    await page.keyboard.press("s");
    const idle = (await latencies(page, warming + clicks)).slice(warming);
    const runId = await startRun(parts);
    const busy = await latencies(page, clicks);
    const { state } = await ask<{ state: string }>("GET", `/runs/${runId}`);
    if (state !== "running") throw new Error(`The run ended before the clicks did: ${state}.`);
    return {
      value: percentile(busy, 95),
      note:
        `${clicks} clicks on ${side}² during a run, median ${format(median(busy))} ms, slowest ${format(Math.max(...busy))} ms; ` +
        `before it median ${format(median(idle))} ms, p95 ${format(percentile(idle, 95))} ms`,
    };
  });
}

interface RunState {
  state: string;
  message: string | null;
  stages: { stage: string; done: number; total: number }[];
}

/** Starts a run that goes on for minutes, and waits until it draws. */
async function startRun(parts: MaskStudio): Promise<string> {
  const { ask } = parts;
  const scenes = await ask<{ id: string }>("POST", "/imports/storybook", { count: 60, seed: 3 });
  await finished(parts, scenes.id);
  const { id } = await ask<{ id: string }>("POST", "/runs", {
    name: "Beside the clicks",
    anchors: { origin: "storybook" },
    sampling: { mode: "fixed" },
  });
  // Newest edits are drawn last, so a page of the run's edits says nothing about its beginning.
  await until(
    "The run's first pair",
    60,
    async () => {
      const [drawn, { state, message, stages }] = await Promise.all([
        ask<{ id: string }[]>("GET", `/runs/${id}/drawn?limit=1`),
        ask<RunState>("GET", `/runs/${id}`),
      ]);
      const units = stages.map(({ stage, done, total }) => `${stage} ${done} of ${total}`).join(", ");
      return { drawn: drawn.length, state, message, units };
    },
    ({ drawn }) => drawn > 0,
  );
  return id;
}

async function latencies(page: Page, count: number): Promise<number[]> {
  const box = (await page.getByTestId("mask-canvas").boundingBox())!;
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    const [x, y] = [
      box.x + box.width * (0.35 + ((n * 0.037) % 0.3)),
      box.y + box.height * (0.2 + ((n * 0.061) % 0.6)),
    ];
    await page.mouse.move(x, y);
    await page.mouse.down();
    const time = page.evaluate(timeOfProposal);
    // The page listens before the button is let go.
    await page.evaluate(() => null);
    await page.mouse.up();
    times.push(await time);
    await page.keyboard.press("Escape");
    await page.getByRole("toolbar", { name: "Proposal" }).waitFor({ state: "hidden" });
    await page.waitForTimeout(pauseMs);
  }
  return times;
}

/** Runs in the page: waits for the pointer to be let go, and then until a proposal is drawn and on screen. */
function timeOfProposal(): Promise<number> {
  return new Promise((done, fail) => {
    const proposal = () => document.querySelector('[role=toolbar][aria-label="Proposal"]')?.textContent;
    const patienceMs = 30_000;
    setTimeout(
      () =>
        fail(new Error(`No proposal came within ${patienceMs / 1000} s of a click; shown: ${proposal()}`)),
      patienceMs,
    );
    window.addEventListener(
      "pointerup",
      ({ timeStamp }) => {
        const look = () => {
          if (!proposal()?.includes("Subtract")) return void requestAnimationFrame(look);
          // Drawn in this frame; the next one begins when it is on screen.
          requestAnimationFrame(() => done(performance.now() - timeStamp));
        };
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  });
}
