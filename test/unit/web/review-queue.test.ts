import { describe, expect, it } from "vitest";
import { createReviewQueue, type ReviewApi } from "@/components/review/review-queue";
import type { SampleView } from "@/lib/api/contract/samples";

const image = { sha256: "0".repeat(64), width: 8, height: 8 };

function sample(id: string, change: Partial<SampleView> = {}): SampleView {
  return {
    id,
    runId: "run",
    runName: "Run",
    candidateId: id,
    editType: "add",
    state: "pending",
    instruction: `edit ${id}`,
    sourceCaption: "a",
    targetCaption: "b",
    textRevision: 1,
    maskRevision: 1,
    scoresStale: false,
    version: 1,
    source: image,
    target: image,
    mask: null,
    anchor: { id, image, origin: "photo", licence: null },
    scores: {},
    madeBy: { instructions: "", images: "" },
    createdAt: new Date(0),
    decidedAt: null,
    ...change,
  };
}

/** A server that keeps versions as the real one does, and refuses what comes with an old one. */
function server(ids: string[], pageSize = 2) {
  const rows = new Map(ids.map((id) => [id, sample(id)]));
  const calls: string[] = [];
  const write = (id: string, version: number, state: SampleView["state"]): SampleView => {
    const row = rows.get(id)!;
    if (row.version !== version) throw new Error("conflict");
    const next = { ...row, state, version: version + 1 };
    rows.set(id, next);
    return next;
  };
  const api: ReviewApi = {
    async queue(cursor) {
      calls.push(`queue ${cursor ?? ""}`.trim());
      const waiting = [...rows.values()].filter(
        ({ id, state }) => state === "pending" && (!cursor || id > cursor),
      );
      const items = waiting.slice(0, pageSize);
      return { items, nextCursor: waiting.length > pageSize ? items.at(-1)!.id : null };
    },
    async decide({ id, version, kind, reasons }) {
      calls.push([kind, id, ...reasons].join(" "));
      return write(id, version, kind === "approve" ? "approved" : "rejected");
    },
    async undo({ id, version }) {
      calls.push(`undo ${id}`);
      return write(id, version, "pending");
    },
    get: async (id) => rows.get(id)!,
  };
  return { api, rows, calls };
}

const settled = () => new Promise((done) => setTimeout(done, 5));

async function open(ids: string[], pageSize?: number) {
  const { api, rows, calls } = server(ids, pageSize);
  const refused: unknown[] = [];
  const queue = createReviewQueue(api, {
    onRefused: (error, show) => {
      refused.push(error);
      show();
    },
    now: () => 0,
  });
  await queue.more();
  await settled();
  const shown = () => queue.state().items[queue.state().index]?.sample.id ?? null;
  return { queue, rows, calls, refused, shown };
}

describe("review queue", () => {
  it("fetches page after page ahead of the reviewer", async () => {
    const { queue, calls } = await open(["a", "b", "c", "d", "e"]);
    expect(queue.state().items.map((item) => item.sample.id)).toEqual(["a", "b", "c", "d", "e"]);
    expect(queue.state().exhausted).toBe(true);
    expect(calls).toEqual(["queue", "queue b", "queue d"]);
  });

  it("moves on at once and saves behind", async () => {
    const { queue, rows, shown } = await open(["a", "b"]);
    queue.decide({ kind: "approve" });
    expect(shown()).toBe("b");
    expect(queue.state().items[0]).toMatchObject({ saving: true, sample: { state: "approved" } });
    queue.decide({ kind: "reject", reasons: ["artifacts"] });
    expect(shown()).toBe(null);
    await settled();
    expect([rows.get("a")!.state, rows.get("b")!.state]).toEqual(["approved", "rejected"]);
    expect(queue.state().items.every((item) => !item.saving)).toBe(true);
  });

  it("takes decisions back, the last one first, even before they are saved", async () => {
    const { queue, rows, calls, shown } = await open(["a", "b", "c"]);
    queue.decide({ kind: "approve" });
    queue.decide({ kind: "reject", reasons: [] });
    queue.undo();
    expect(shown()).toBe("b");
    queue.undo();
    expect(shown()).toBe("a");
    expect(queue.state().undoable).toBe(0);
    queue.undo();
    await settled();
    expect([...rows.values()].map(({ state }) => state)).toEqual(["pending", "pending", "pending"]);
    expect(calls.filter((call) => !call.startsWith("queue"))).toEqual([
      "approve a",
      "reject b",
      "undo a",
      "undo b",
    ]);
  });

  it("shows what the server holds after a conflict, tells it, and can decide again", async () => {
    const { queue, rows, refused, shown } = await open(["a", "b"]);
    rows.set("a", sample("a", { state: "rejected", version: 7 }));
    queue.decide({ kind: "approve" });
    await settled();
    expect(refused).toHaveLength(1);
    expect(shown()).toBe("a");
    expect(queue.state().items[0]).toMatchObject({
      saving: false,
      sample: { state: "rejected", version: 7 },
    });
    expect(queue.state().undoable).toBe(0);
    queue.decide({ kind: "approve" });
    await settled();
    expect(rows.get("a")!.state).toBe("approved");
  });

  it("skips decided samples when moving on, and walks over them when asked", async () => {
    const { queue, shown } = await open(["a", "b", "c"]);
    queue.move(1);
    queue.decide({ kind: "approve" });
    expect(shown()).toBe("c");
    queue.move(-1);
    expect(shown()).toBe("b");
    queue.move(-1);
    queue.decide({ kind: "approve" });
    expect(shown()).toBe("c");
    await settled();
  });

  it("asks again for samples that came later", async () => {
    const { queue, rows, shown } = await open(["a"]);
    queue.decide({ kind: "approve" });
    await settled();
    rows.set("b", sample("b"));
    await queue.more();
    expect(shown()).toBe("b");
  });
});
