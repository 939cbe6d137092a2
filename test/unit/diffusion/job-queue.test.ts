import { describe, expect, it } from "vitest";
import { createJobQueue } from "@/lib/inference/job-queue";

describe("the engine's queue", () => {
  it("runs interactive jobs first, also inside a batch job", async () => {
    const queue = createJobQueue();
    const order: string[] = [];
    const done = new Promise<void>((resolve) => {
      queue.add("batch", async () => {
        order.push("batch 1 starts");
        queue.add("interactive", async () => void order.push("urgent"));
        await queue.letInteractiveIn();
        order.push("batch 1 ends");
      });
      queue.add("batch", async () => {
        order.push("batch 2");
        resolve();
      });
      queue.add("interactive", async () => void order.push("interactive"));
    });
    await done;
    expect(order).toEqual(["interactive", "batch 1 starts", "urgent", "batch 1 ends", "batch 2"]);
    expect(queue.waiting).toBe(0);
  });

  it("does not let interactive jobs interrupt each other", async () => {
    const queue = createJobQueue();
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      queue.add("batch", async () => {
        queue.add("interactive", async () => {
          order.push("a starts");
          await queue.letInteractiveIn();
          order.push("a ends");
        });
        queue.add("interactive", async () => void order.push("b"));
        await queue.letInteractiveIn();
        resolve();
      });
    });
    expect(order).toEqual(["a starts", "a ends", "b"]);
  });

  it("takes jobs up again after it was idle", async () => {
    const queue = createJobQueue();
    for (const round of [1, 2]) {
      const value = await new Promise<number>((resolve) => queue.add("batch", async () => resolve(round)));
      expect(value).toBe(round);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
});
