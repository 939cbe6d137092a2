import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import {
  areaText,
  ask,
  draw,
  openDesk,
  type RegionState,
  saveState,
  serverMask,
  setUpDesk,
  share,
} from "../support/mask-desk";
import { eventually } from "../support/studio-page";

const desk = setUpDesk(10);

/** A region that nobody has drawn on. */
let region: RegionState;
beforeEach(async () => {
  region = await desk.freeRegion();
});

const stroke = [
  [0.4, 0.4],
  [0.5, 0.5],
  [0.6, 0.4],
] as const;
const otherStroke = [
  [0.4, 0.7],
  [0.6, 0.7],
] as const;
const path = () => `/masks/${region.id}`;
const onServer = () => serverMask(desk.url, region.id);

/** Cuts the way of saves to the server, as a dead server or an ended sign-in does. */
async function failSaves(page: Page, answer?: { status: number; message: string }) {
  await page.route("**/api/masks/*?version=*", (route) =>
    answer
      ? route.fulfill({
          status: answer.status,
          contentType: "application/json",
          body: JSON.stringify({ message: answer.message }),
        })
      : route.abort("connectionrefused"),
  );
  return () => page.unroute("**/api/masks/*?version=*");
}

describe("what is drawn is kept", () => {
  it("draws, saves behind one's back, and shows the same after a reload; undo goes back to the byte", async () => {
    const page = await desk.profile.newPage();
    await openDesk(page, path());
    await draw(page, stroke);
    await eventually(() => saveState(page)).toBe("saved");
    const first = await onServer();
    expect(share(first)).toBeGreaterThan(0.005);
    await draw(page, otherStroke);
    await eventually(async () => share(await onServer())).toBeGreaterThan(share(first));
    await page.keyboard.press("Control+z");
    await eventually(async () => Buffer.compare(await onServer(), first)).toBe(0);
    await eventually(() => areaText(page)).toContain("1 piece");
    const area = await areaText(page);
    await page.reload();
    await eventually(() => areaText(page)).toBe(area);
    await page.close();
  });

  it("has the last stroke again after the page was killed right after it", async () => {
    const page = await desk.profile.newPage();
    await openDesk(page, path());
    await failSaves(page);
    await draw(page, stroke);
    await draw(page, otherStroke);
    const session = await desk.profile.newCDPSession(page);
    session.send("Page.crash").catch(() => {});
    await page.waitForEvent("crash");
    await page.close();

    const again = await desk.profile.newPage();
    await again.goto("/masks");
    await again.getByText("One mask has strokes that are only on this computer").waitFor();
    await again.getByRole("link", { name: /^Drawn / }).click();
    await again.getByText(/Strokes that had not reached the server are back/).waitFor();
    await eventually(() => areaText(again)).toContain("2 pieces");
    await eventually(() => saveState(again)).toBe("saved");
    expect(share(await onServer())).toBeGreaterThan(0.01);
    await again.reload();
    await eventually(() => areaText(again)).toContain("2 pieces");
    await again.goto("/masks");
    await again.getByRole("heading", { name: "Masks" }).waitFor();
    expect(await again.getByText("only on this computer").count()).toBe(0);
    await again.close();
  });

  it("keeps strokes here while the server is down, says so, and sends them when it is back", async () => {
    const page = await desk.profile.newPage();
    await openDesk(page, path());
    const repair = await failSaves(page);
    await draw(page, stroke);
    await eventually(() => saveState(page)).toBe("kept");
    await draw(page, otherStroke);
    await repair();
    await eventually(() => saveState(page)).toBe("saved");
    await eventually(() => areaText(page)).toContain("2 pieces");
    expect(share(await onServer())).toBeGreaterThan(0.01);
    await page.close();
  });

  it.each([
    { status: 401, message: "Your sign-in has ended.", state: "signed-out" },
    { status: 403, message: "Your role lets you draw the masks of samples only.", state: "refused" },
  ])(
    "keeps strokes that the server does not take ($status), says why, and sends them when it does",
    async ({ state, ...answer }) => {
      const page = await desk.profile.newPage();
      await openDesk(page, path());
      const repair = await failSaves(page, answer);
      await draw(page, stroke);
      await eventually(() => saveState(page)).toBe(state);
      await page.getByRole("alert").getByText(answer.message).waitFor();
      await page.getByRole("alert").getByText("kept on this computer").waitFor();
      await page.reload();
      await page.getByText(/Strokes that had not reached the server are back/).waitFor();
      await eventually(() => saveState(page)).toBe(state);
      await repair();
      await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
      await eventually(() => saveState(page)).toBe("saved");
      expect(share(await onServer())).toBeGreaterThan(0.005);
      await page.close();
    },
  );
});

describe("two people on one mask", () => {
  /** Both have it open; the other has saved the lower stroke, and this one has drawn the upper one. */
  async function conflict() {
    const others = await desk.newProfile();
    const [page, other] = [await desk.profile.newPage(), await others.newPage()];
    await openDesk(page, path());
    await openDesk(other, path());
    await draw(other, otherStroke);
    await eventually(() => saveState(other)).toBe("saved");
    const theirs = await onServer();
    await draw(page, stroke);
    const dialog = page.getByRole("dialog", { name: "Two versions of this mask" });
    await dialog.getByRole("button", { name: "Keep mine" }).waitFor();
    await eventually(() => dialog.getByRole("button", { name: "Unite" }).isEnabled()).toBe(true);
    expect(Buffer.compare(await onServer(), theirs)).toBe(0);
    return { page, dialog, theirs, close: () => Promise.all([page.close(), others.close()]) };
  }

  it("shows both and unites them; nothing is overwritten before that", async () => {
    const { page, dialog, theirs, close } = await conflict();
    await dialog.getByRole("button", { name: "Unite" }).click();
    await eventually(() => saveState(page)).toBe("saved");
    const both = await onServer();
    expect(theirs.every((level, index) => level <= both[index]!)).toBe(true);
    expect(share(both)).toBeGreaterThan(share(theirs) * 1.5);
    await close();
  });

  it("takes theirs; undo and the history still have mine", async () => {
    const { page, dialog, theirs, close } = await conflict();
    await dialog.getByRole("button", { name: "Take theirs" }).click();
    await eventually(() => saveState(page)).toBe("saved");
    expect(Buffer.compare(await onServer(), theirs)).toBe(0);
    const { items } = await ask<{ items: { note: string | null }[] }>(
      desk.url,
      "GET",
      `/masks/${region.id}/revisions`,
    );
    expect(items.map(({ note }) => note)).toEqual(["set aside", null]);
    await page.keyboard.press("Control+z");
    await eventually(async () => Buffer.compare(await onServer(), theirs)).not.toBe(0);
    await close();
  });
});

it("offers the strokes of every sitting that this computer kept, and puts the others into the history", async () => {
  const kept = async (points: typeof stroke | typeof otherStroke) => {
    const page = await desk.profile.newPage();
    await openDesk(page, path());
    await failSaves(page);
    await draw(page, points);
    await eventually(() => saveState(page)).toBe("kept");
    return page;
  };
  // Two tabs at once, so that neither takes up the other's strokes.
  const tabs = [await kept(stroke), await kept(otherStroke)];
  for (const tab of tabs) {
    const session = await desk.profile.newCDPSession(tab);
    session.send("Page.crash").catch(() => {});
    await tab.waitForEvent("crash");
    await tab.close();
  }
  const page = await desk.profile.newPage();
  await openDesk(page, path());
  await page.getByText(/Strokes that had not reached the server are back/).waitFor();
  const dialog = page.getByRole("dialog", { name: "Strokes of another sitting" });
  await dialog.getByRole("button", { name: "Unite" }).click();
  await eventually(() => areaText(page)).toContain("2 pieces");
  await dialog.waitFor({ state: "hidden" });
  await eventually(() => saveState(page)).toBe("saved");
  const { items } = await ask<{ items: { note: string | null }[] }>(
    desk.url,
    "GET",
    `/masks/${region.id}/revisions`,
  );
  expect(items.map(({ note }) => note)).toEqual([null, "set aside", null]);
  await page.reload();
  await eventually(() => areaText(page)).toContain("2 pieces");
  await page.goto("/masks");
  await page.getByRole("heading", { name: "Masks" }).waitFor();
  expect(await page.getByText("only on this computer").count()).toBe(0);
  await page.close();
});
