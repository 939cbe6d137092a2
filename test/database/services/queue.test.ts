import { afterAll, beforeAll, expect, it } from "vitest";
import { inTransaction } from "@/lib/server/database/client";
import { listenForEvents } from "@/lib/server/events/listen";
import { eventChannel, notify } from "@/lib/server/events/notify";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
beforeAll(async () => {
  test = await createTestStudio();
});
afterAll(() => test.close());

const importId = "01890000-0000-7000-8000-000000000000";

it("enqueues a job with the rows it is about, or not at all", async () => {
  const { db, queue, boss } = test.studio;
  await expect(
    inTransaction(db, async (tx) => {
      await queue.send(tx, "import", { importId });
      throw new Error("rolled back");
    }),
  ).rejects.toThrow("rolled back");
  expect(await boss.fetch("import")).toEqual([]);
  await inTransaction(db, (tx) => queue.send(tx, "import", { importId }));
  const [job] = await boss.fetch<{ importId: string }>("import");
  expect(job?.data).toEqual({ importId });
});

it("refuses a payload that is not what the job takes", async () => {
  await expect(test.studio.queue.send(test.studio.db, "import", { importId: "nonsense" })).rejects.toThrow();
});

it("tells listeners of a change when it is committed, not before", async () => {
  expect(eventChannel).toMatch(/^[a-z_]+$/);
  const events = listenForEvents(test.testDatabase.url);
  const heard: unknown[] = [];
  events.subscribe((event) => heard.push(event));
  await new Promise((resolve) => setTimeout(resolve, 300));
  await inTransaction(test.studio.db, async (tx) => {
    await notify(tx, { topic: "seeds" });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(heard).toEqual([]);
  });
  await expect.poll(() => heard).toEqual([{ topic: "seeds" }]);
  await events.close();
});
