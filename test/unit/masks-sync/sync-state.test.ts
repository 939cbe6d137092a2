import { describe, expect, it } from "vitest";
import { saveStatus } from "@/components/masks/sync/save-status";
import {
  firstPauseMs,
  gatherMostMs,
  gatherMs,
  longestPauseMs,
  openedAt,
  reduceSync,
  type SaveFailure,
  type SyncEvent,
  type SyncState,
  sendAt,
} from "@/components/masks/sync/sync-state";

const run = (events: readonly SyncEvent[], from: SyncState = openedAt(3)) => events.reduce(reduceSync, from);
const stroke = (revision: number, now = 0): SyncEvent => ({ type: "stroke", revision, now });
const kept = (revision: number): SyncEvent => ({ type: "kept", revision });
const send: SyncEvent = { type: "send" };
const failed = (failure: SaveFailure, now = 0): SyncEvent => ({ type: "failed", failure, now });
const dead: SaveFailure = { kind: "unreachable", reason: "The studio does not answer." };

describe("sending", () => {
  it("has nothing to send when opened", () => {
    const state = openedAt(3);
    expect(sendAt(state)).toBeNull();
    expect(reduceSync(state, send)).toBe(state);
    expect(saveStatus(state).kind).toBe("saved");
  });

  it("gathers strokes, but sends during steady drawing", () => {
    expect(sendAt(run([stroke(1, 100)]))).toBe(100 + gatherMs);
    expect(sendAt(run([stroke(1, 100), stroke(2, 600)]))).toBe(600 + gatherMs);
    const steady = Array.from({ length: 40 }, (_, i) => stroke(i + 1, 100 + i * 500));
    expect(sendAt(run(steady))).toBe(100 + gatherMostMs);
  });

  it("takes the server's version and sends what was drawn meanwhile", () => {
    const state = run([stroke(1), send, stroke(2, 50), { type: "saved", version: 4, now: 80 }]);
    expect(state).toMatchObject({ version: 4, savedRevision: 1, revision: 2 });
    expect(sendAt(state)).toBe(80 + gatherMs);
    const done = run([send, { type: "saved", version: 5, now: 2000 }], state);
    expect(done).toMatchObject({ version: 5, savedRevision: 2, sending: { kind: "idle" } });
  });

  it("never has two requests under way", () => {
    const state = run([stroke(1), send]);
    expect(run([send], state)).toBe(state);
    expect(run([{ type: "try-now", now: 5 }], state)).toBe(state);
  });

  it("backs off while the server is down, and strokes do not shorten the pause", () => {
    let state = run([stroke(1), send, failed(dead, 1000)]);
    expect(sendAt(state)).toBe(1000 + firstPauseMs);
    expect(sendAt(run([stroke(2, 1100)], state))).toBe(1000 + firstPauseMs);
    for (let attempt = 2; attempt <= 12; attempt++) {
      state = run([send, failed(dead, 0)], state);
      expect(sendAt(state)).toBe(Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)));
    }
    expect(sendAt(run([{ type: "try-now", now: 7 }], state))).toBe(7);
  });

  it.each<SaveFailure>([
    { kind: "signed-out", reason: "Sign in." },
    { kind: "refused", reason: "The mask is 3 pixels wide." },
    { kind: "conflict", theirs: 9 },
  ])("waits for a person after $kind, over further strokes", (failure) => {
    const state = run([stroke(1), send, failed(failure), stroke(2, 10)]);
    expect(state.sending).toEqual(failure);
    expect(sendAt(state)).toBeNull();
    expect(state.savedRevision).toBe(0);
  });

  it("tries again after signing in, but never over a conflict", () => {
    const out = run([stroke(1), send, failed({ kind: "signed-out", reason: "" })]);
    expect(sendAt(run([{ type: "try-now", now: 4 }], out))).toBe(4);
    const conflict = run([stroke(1), send, failed({ kind: "conflict", theirs: 9 })]);
    expect(run([{ type: "try-now", now: 4 }, send], conflict)).toEqual(conflict);
  });

  it("goes on from the other's version once the conflict is resolved", () => {
    const conflict = run([stroke(1), send, failed({ kind: "conflict", theirs: 9 }), stroke(2)]);
    const mine = run([{ type: "resolved", version: 9, same: false, now: 20 }], conflict);
    expect(mine).toMatchObject({ version: 9, savedRevision: 0 });
    expect(sendAt(mine)).toBe(20);
    const theirs = run([{ type: "resolved", version: 9, same: true, now: 20 }], conflict);
    expect(theirs).toMatchObject({ version: 9, savedRevision: 2, sending: { kind: "idle" } });
  });

  it("never counts a stroke as saved that the answered request did not carry", () => {
    // Every order of events up to a length: savedRevision only moves to a revision that was sent.
    const choices: SyncEvent[] = [
      send,
      { type: "saved", version: 4, now: 0 },
      failed(dead),
      failed({ kind: "signed-out", reason: "" }),
      { type: "try-now", now: 0 },
    ];
    const wrong: string[] = [];
    let paths: { state: SyncState; sent: number }[] = [{ state: openedAt(3), sent: 0 }];
    for (let step = 0; step < 5; step++) {
      paths = paths.flatMap(({ state, sent }) =>
        [...choices, stroke(state.revision + 1)].map((event) => {
          const next = reduceSync(state, event);
          const began = next.sending.kind === "sending" && state.sending.kind !== "sending";
          if (next.savedRevision > sent) wrong.push("counted as saved what was never sent");
          if (next.revision > next.savedRevision && next.sending.kind === "idle")
            wrong.push("forgot a stroke");
          return { state: next, sent: began ? state.revision : sent };
        }),
      );
    }
    expect(paths.length).toBe(6 ** 5);
    expect(wrong).toEqual([]);
  });
});

describe("what is said", () => {
  it.each([
    [[stroke(1)], "saving"],
    [[stroke(1), kept(1), send], "saving"],
    [[stroke(1), kept(1), send, failed(dead)], "kept"],
    [[stroke(1), kept(1), send, failed({ kind: "conflict", theirs: 9 })], "conflict"],
    [[stroke(1), kept(1), send, failed({ kind: "signed-out", reason: "Sign in." })], "signed-out"],
    [[stroke(1), kept(1), send, failed({ kind: "refused", reason: "Too wide." })], "refused"],
    [[stroke(1), { type: "keep-failed", reason: "full" } as const, send, failed(dead)], "unkept"],
    [[stroke(1), send, { type: "saved", version: 4, now: 0 } as const], "saved"],
  ])("%# %j", (events, kind) => {
    expect(saveStatus(run(events as SyncEvent[])).kind).toBe(kind);
  });

  it("warns before a stroke is lost even if only the last one could not be kept", () => {
    const state = run([
      stroke(1),
      kept(1),
      send,
      failed(dead),
      stroke(2),
      { type: "keep-failed", reason: "the disk is full" },
    ]);
    expect(saveStatus(state).detail).toContain("the disk is full");
  });
});
