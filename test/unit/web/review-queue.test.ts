import { describe, expect, it } from "vitest";
import { createReviewQueue, type KeptChoice, type ReviewApi } from "@/components/review/review-queue";
import type { ClaimView, DeskSample } from "@/lib/api/contract/review";

const image = { sha256: "0".repeat(64), width: 8, height: 8 };

function sample(id: string, change: Partial<DeskSample> = {}): DeskSample {
  return {
    id,
    editType: "add",
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
    run: null,
    createdAt: new Date(0),
    returnedNote: null,
    ...change,
  };
}

const claimOf = (one: DeskSample): ClaimView => ({
  assignmentId: `claim of ${one.id}`,
  leaseUntil: new Date(0),
  blind: false,
  purpose: "review",
  sample: one,
});

/** A server that keeps revisions and verdicts as the real one does, and refuses what names an old revision. */
function server(ids: string[], pageSize = 2) {
  const rows = new Map(ids.map((id) => [id, sample(id)]));
  const verdicts = new Map<string, "approve" | "reject">();
  const claimed = new Set<string>();
  const calls: string[] = [];
  const outcome = (sampleId: string) => ({
    sampleId,
    mine: verdicts.get(sampleId) ?? null,
    leaseUntil: null,
    textRevision: 1,
    maskRevision: 1,
  });
  const api: ReviewApi = {
    async claim() {
      calls.push("claim");
      const waiting = [...rows.values()].filter(({ id }) => !claimed.has(id));
      const items = waiting.slice(0, pageSize);
      for (const { id } of items) claimed.add(id);
      return { items: items.map(claimOf), exhausted: waiting.length <= pageSize };
    },
    async decide({ sampleId, textRevision, kind, reasons }) {
      calls.push([kind, sampleId, ...reasons].join(" "));
      if (rows.get(sampleId)!.textRevision !== textRevision) throw new Error("The text changed.");
      verdicts.set(sampleId, kind);
      return outcome(sampleId);
    },
    async undo(sampleId) {
      calls.push(`undo ${sampleId}`);
      verdicts.delete(sampleId);
      return outcome(sampleId);
    },
    open: async (id) => rows.get(id) ?? sample(id),
    held: async (id) => (claimed.has(id) ? claimOf(rows.get(id)!) : null),
  };
  return { api, rows, verdicts, calls };
}

const settled = () => new Promise((done) => setTimeout(done, 5));

const approval = { kind: "approve" as const, reasons: [] };

async function open(ids: string[], pageSize?: number, kept: KeptChoice[] = [], decided: string[] = []) {
  const { api, rows, verdicts, calls } = server(ids, pageSize);
  const refused: unknown[] = [];
  const queue = createReviewQueue(api, {
    onRefused: (error, show) => {
      refused.push(error);
      show?.();
    },
    explain: (error) => (error as Error).message,
    now: () => 0,
    kept,
    decided,
  });
  await queue.more();
  await settled();
  const shown = () => queue.state().items[queue.state().index]?.sample.id ?? null;
  return { queue, rows, verdicts, calls, refused, shown };
}

describe("review queue", () => {
  it("claims page after page ahead of the reviewer", async () => {
    const { queue, calls } = await open(["a", "b", "c", "d", "e"]);
    expect(queue.state().items.map((item) => item.sample.id)).toEqual(["a", "b", "c", "d", "e"]);
    expect(queue.state().exhausted).toBe(true);
    expect(calls).toEqual(["claim", "claim", "claim"]);
  });

  it("moves on at once and saves behind", async () => {
    const { queue, verdicts, shown } = await open(["a", "b"]);
    queue.decide(approval);
    expect(shown()).toBe("b");
    expect(queue.state().items[0]).toMatchObject({ saving: true, mine: "approve" });
    queue.decide({ kind: "reject", reasons: ["artifacts"] });
    expect(shown()).toBe(null);
    await settled();
    expect([verdicts.get("a"), verdicts.get("b")]).toEqual(["approve", "reject"]);
    expect(queue.state().items.every((item) => !item.saving)).toBe(true);
  });

  it("counts the time to a decision from when the pair can be seen", async () => {
    const { api } = server(["a"]);
    const sent: number[] = [];
    let now = 0;
    const queue = createReviewQueue(
      {
        ...api,
        decide(input) {
          sent.push(input.elapsedMs);
          return api.decide(input);
        },
      },
      { onRefused: () => {}, explain: String, now: () => now, kept: [], decided: [] },
    );
    await queue.more();
    now = 8000;
    queue.seen();
    now = 9500;
    queue.decide(approval);
    await settled();
    expect(sent).toEqual([1500]);
  });

  it("takes decisions back, the last one first, even before they are saved", async () => {
    const { queue, verdicts, calls, shown } = await open(["a", "b", "c"]);
    queue.decide(approval);
    queue.decide({ kind: "reject", reasons: [] });
    queue.undo();
    expect(shown()).toBe("b");
    queue.undo();
    expect(shown()).toBe("a");
    expect(queue.state().decided).toEqual([]);
    queue.undo();
    await settled();
    expect(verdicts.size).toBe(0);
    expect(calls.filter((call) => call !== "claim")).toEqual(["approve a", "reject b", "undo a", "undo b"]);
  });

  it("keeps a refused choice, shows the sample as it is now, and sends the choice again", async () => {
    const { queue, rows, verdicts, refused, shown } = await open(["a", "b"]);
    rows.set("a", sample("a", { textRevision: 2, instruction: "changed" }));
    queue.decide({ kind: "reject", reasons: ["other"], note: "why" });
    await settled();
    expect(refused).toHaveLength(1);
    expect(shown()).toBe("a");
    const [item] = queue.state().items;
    expect(item).toMatchObject({ saving: false, mine: null, sample: { instruction: "changed" } });
    expect(queue.state().decided).toEqual([]);
    const [choice] = queue.state().kept;
    expect(choice).toMatchObject({
      sampleId: "a",
      message: "The text changed.",
      decision: { kind: "reject", reasons: ["other"], note: "why" },
    });
    await queue.resend(choice!);
    expect(verdicts.get("a")).toBe("reject");
    expect(queue.state()).toMatchObject({ kept: [], decided: ["a"] });
  });

  it("keeps the choices of an earlier page until they are let go", async () => {
    const choice = { sampleId: "z", instruction: "old", decision: approval, message: "no" };
    const { queue } = await open(["a"], 2, [choice]);
    expect(queue.state().kept).toEqual([choice]);
    queue.discard(choice);
    expect(queue.state().kept).toEqual([]);
  });

  it("passes over samples that left the desk", async () => {
    const { queue, shown } = await open(["a", "b", "c"]);
    queue.move(1);
    queue.leave("b");
    expect(shown()).toBe("c");
    queue.move(-1);
    expect(shown()).toBe("a");
    queue.decide(approval);
    expect(shown()).toBe("c");
    await settled();
  });

  it("skips decided samples when moving on, and walks over them when asked", async () => {
    const { queue, shown } = await open(["a", "b", "c"]);
    queue.move(1);
    queue.decide(approval);
    expect(shown()).toBe("c");
    queue.move(-1);
    expect(shown()).toBe("b");
    queue.move(-1);
    queue.decide(approval);
    expect(shown()).toBe("c");
    await settled();
  });

  it("takes back what an earlier page decided, and puts it on the desk", async () => {
    const { queue, calls, shown } = await open(["a", "b", "c"], 2, [], ["x", "c"]);
    queue.undo();
    await settled();
    expect(calls).toContain("undo c");
    expect(queue.state().decided).toEqual(["x"]);
    queue.undo();
    await settled();
    expect(queue.state().decided).toEqual([]);
    expect(shown()).toBe("x");
  });

  it("asks again for samples that came later", async () => {
    const { queue, rows, shown } = await open(["a"]);
    queue.decide(approval);
    await settled();
    rows.set("b", sample("b"));
    await queue.more();
    expect(shown()).toBe("b");
  });
});
