import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cutPatch, layPatches, sameMask } from "@/components/masks/sync/lay-patches";
import { createMaskSync, type MaskCodec } from "@/components/masks/sync/mask-sync";
import { failureOf, type SaveAnswer, type SaveRequest } from "@/components/masks/sync/save-mask";
import type { JournalBase, Patch, StrokeJournal } from "@/components/masks/sync/stroke-journal";
import type { RegionView } from "@/lib/api/contract/masks";
import type { MaskImage } from "@/lib/domain/image";

const width = 8;
const height = 4;

/** The codec of these tests: a mask's bytes are its file. */
const codec: MaskCodec = {
  encode: async ({ data }) => new Uint8Array(data),
  decode: async (data) => ({ width, height, data: new Uint8Array(data) }),
};

function region(version: number): RegionView {
  return { id: "r", version, image: { sha256: "i", width, height }, mask: null } as RegionView;
}

/** A journal in memory that can be told to fail. */
function memoryJournal() {
  let base: JournalBase = { version: 3, revision: 0, png: null };
  let patches: { revision: number; patch: Patch }[] = [];
  let saved = 0;
  const journal: StrokeJournal & { full: boolean; forgotten: boolean; mask(): Promise<MaskImage> } = {
    full: false,
    forgotten: false,
    async keep(revision, patch) {
      if (journal.full) throw new Error("the disk is full");
      patches.push({ revision, patch });
    },
    async rebase(to, options) {
      if (to.revision < base.revision) return;
      base = to;
      if (options.saved) saved = to.revision;
      patches = patches.filter(({ revision }) => revision > to.revision);
    },
    async forget() {
      journal.forgotten = true;
    },
    unsent: async () => [],
    close() {},
    async mask() {
      const empty = { width, height, data: new Uint8Array(width * height) };
      const start = base.png ? await codec.decode(base.png) : empty;
      return layPatches(
        start,
        patches.map(({ patch }) => patch),
      );
    },
  };
  return { journal, savedRevision: () => saved };
}

/** A screen with a mask that strokes change, and a server that answers as told. */
function desk(answers: SaveAnswer[], whileSaving?: () => void) {
  const mask: MaskImage = { width, height, data: new Uint8Array(width * height) };
  const requests: SaveRequest[] = [];
  const { journal, savedRevision } = memoryJournal();
  let revision = 0;
  const sync = createMaskSync({
    region: region(3),
    read: () => mask,
    journal,
    codec,
    async save(request) {
      requests.push(request);
      if (requests.length === 1) whileSaving?.();
      return answers.shift() ?? { kind: "saved", region: region(request.version + 1) };
    },
    now: () => Date.now(),
  });
  const draw = (x: number, y: number) => {
    mask.data[y * width + x] = 255;
    sync.stroke(++revision, { x, y, width: 1, height: 1 });
  };
  return { sync, mask, journal, requests, savedRevision, draw };
}

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("keeps every stroke at once and sends them together", async () => {
  const { sync, mask, journal, requests, draw } = desk([]);
  draw(1, 1);
  await settle();
  expect(sync.state().keptRevision).toBe(1);
  expect(sameMask(await journal.mask(), mask)).toBe(true);
  draw(2, 1);
  draw(3, 2);
  await settle(1500);
  expect(requests).toHaveLength(1);
  expect(requests[0]!.png).toEqual(mask.data);
  expect(sync.state()).toMatchObject({ savedRevision: 3, version: 4 });
});

it("repeats a save under the same name until the server answers", async () => {
  const dead = { kind: "unreachable", reason: "" } as const;
  const { sync, requests, draw, journal, mask } = desk([dead, dead]);
  draw(0, 0);
  await settle(10_000);
  expect(requests.map(({ saveId }) => saveId)).toEqual(Array(3).fill(requests[0]!.saveId));
  expect(sync.state().savedRevision).toBe(1);
  draw(1, 0);
  await settle(2000);
  expect(requests.at(-1)!.saveId).not.toBe(requests[0]!.saveId);
  expect(sameMask(await journal.mask(), mask)).toBe(true);
});

it("keeps strokes made during a save, and the version they belong to", async () => {
  const { sync, mask, journal, draw, savedRevision } = desk([], () => draw(5, 3));
  draw(0, 0);
  const saved = sync.settled();
  await settle(5000);
  await saved;
  expect(sameMask(await journal.mask(), mask)).toBe(true);
  expect(savedRevision()).toBe(2);
  expect(sync.state().version).toBe(5);
});

it("lets nothing over another's version until the person has chosen", async () => {
  const theirs = region(9);
  const { sync, requests, draw } = desk([{ kind: "conflict", region: theirs }]);
  draw(0, 0);
  await settle(2000);
  draw(1, 0);
  await settle(60_000);
  expect(requests).toHaveLength(1);
  await expect(sync.settled()).rejects.toThrow("conflict");
  sync.resolve({ same: false });
  await settle(100);
  expect(requests.at(-1)).toMatchObject({ version: 9 });
  expect(sync.state()).toMatchObject({ version: 10, savedRevision: 2 });
});

it("takes the other's version without sending it back", async () => {
  const { sync, mask, requests, draw, journal } = desk([{ kind: "conflict", region: region(9) }]);
  draw(0, 0);
  await settle(2000);
  mask.data.fill(7);
  sync.stroke(2, { x: 0, y: 0, width, height });
  sync.resolve({ same: true, png: mask.data.slice() });
  await settle(60_000);
  expect(requests).toHaveLength(1);
  expect(sync.state()).toMatchObject({ version: 9, savedRevision: 2 });
  expect(sameMask(await journal.mask(), mask)).toBe(true);
});

it("keeps the whole mask once there is room again after a stroke that did not fit", async () => {
  const dead = { kind: "unreachable", reason: "" } as const;
  const { sync, mask, journal, draw } = desk(Array(20).fill(dead));
  journal.full = true;
  draw(0, 0);
  await settle(10);
  expect(sync.state().keepProblem).toBe("the disk is full");
  journal.full = false;
  draw(1, 0);
  await settle(10);
  expect(sync.state()).toMatchObject({ keptRevision: 2, keepProblem: null });
  expect(sameMask(await journal.mask(), mask)).toBe(true);
});

it("sends the last strokes when it is closed and forgets what the server has", async () => {
  const { sync, mask, journal, requests, draw } = desk([]);
  draw(4, 2);
  const drawn = mask.data.slice();
  sync.close();
  mask.data.fill(0);
  await settle(100);
  expect(requests).toHaveLength(1);
  expect(requests[0]!.png).toEqual(drawn);
  expect(journal.forgotten).toBe(true);
});

it("leaves in this browser what the server has not taken when it is closed", async () => {
  const { sync, journal, draw } = desk([{ kind: "unreachable", reason: "" }]);
  draw(4, 2);
  sync.close();
  await settle(60_000);
  expect(journal.forgotten).toBe(false);
});

it("reads an HTTP status as what it means for the work", () => {
  expect(failureOf(401, null).kind).toBe("signed-out");
  expect(failureOf(403, "No.")).toEqual({ kind: "refused", reason: "No." });
  expect(failureOf(503, null).kind).toBe("unreachable");
  expect(failureOf(429, null).kind).toBe("unreachable");
  expect(failureOf(413, "Too large.")).toEqual({ kind: "refused", reason: "Too large." });
});

it("cuts a rectangle and lays it back to the byte", () => {
  const mask = { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => i * 7) };
  const patch = cutPatch(mask, { x: 2, y: 1, width: 5, height: 3 });
  const empty = { width, height, data: new Uint8Array(width * height) };
  const laid = layPatches(empty, [patch]);
  expect(laid.data[width + 2]).toBe(mask.data[width + 2]);
  expect(laid.data[width + 1]).toBe(0);
  expect(sameMask(layPatches(mask, [patch]), mask)).toBe(true);
});
