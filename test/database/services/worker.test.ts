import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { importStorybook } from "@/lib/server/imports/begin-import";
import { getImport } from "@/lib/server/imports/get-import";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";
import { type RunningWorker, startWorker } from "@/workers/worker";

let test: TestStudio;
let worker: RunningWorker;
beforeAll(async () => {
  test = await createTestStudio({ work: true });
  worker = await startWorker(test.studio);
});
afterAll(() => test.close());

const jobs = async (name: string, state: string): Promise<number> => {
  const sql = "SELECT id FROM pgboss.job WHERE name = $1 AND state = $2::pgboss.job_state";
  return (await test.testDatabase.query(sql, [name, state])).length;
};

it("does many short jobs one after the other, without waiting out the poll interval", async () => {
  const nothingToDo = Array.from({ length: 8 }, () => ({ runId: randomUUID() }));
  const started = performance.now();
  await test.studio.queue.sendAll(test.studio.db, "start-run", nothingToDo);
  await expect.poll(() => jobs("start-run", "completed"), { timeout: 60_000 }).toBe(8);
  // Eight jobs with a wait of five seconds between each two would take 35.
  expect(performance.now() - started).toBeLessThan(20_000);
});

it("hands back what it had begun when it is stopped, without spending an attempt", async () => {
  const { id } = await importStorybook(test.context, { count: 2000, seed: 5 });
  const added = async () => (await getImport(test.context, id)).added;
  await expect.poll(added, { timeout: 60_000 }).toBeGreaterThan(0);
  await worker.stop();
  expect((await getImport(test.context, id)).state).toBe("running");
  expect([await jobs("import", "completed"), await jobs("import", "created")]).toEqual([1, 1]);
});
