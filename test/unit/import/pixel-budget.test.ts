import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { pixelBudget } from "@/lib/server/images/pixel-budget";

it("never lets more in than the budget, but for one that is larger than all of it, and forgets no one", async () => {
  const budget = pixelBudget(100);
  let used = 0;
  let done = 0;
  const sizes = [60, 60, 30, 250, 10, 90, 100, 1, 1];
  const work = sizes.map((size) =>
    budget(size, async () => {
      used += size;
      expect(used <= 100 || used === size).toBe(true);
      await sleep(3);
      used -= size;
      done++;
      if (size === 30) throw new Error("damaged");
    }),
  );
  const failed = (await Promise.allSettled(work)).filter(({ status }) => status === "rejected");
  expect([done, used, failed.length]).toEqual([sizes.length, 0, 1]);
});
