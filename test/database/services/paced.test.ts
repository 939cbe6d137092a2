import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/lib/server/database/client";
import { pacedBy } from "@/lib/server/paced";
import { createTestDatabase, type TestDatabase } from "@/test/support/database";

let test: TestDatabase;
/** Two workers, each on connections of its own. */
let workers: Database[];

beforeAll(async () => {
  test = await createTestDatabase();
  workers = [createDatabase(test.url), createDatabase(test.url)];
});
afterAll(async () => {
  for (const db of workers) await db.$disconnect();
  await test.drop();
});

const paceOf = (worker: number, model: string, perMinute: number) =>
  pacedBy({ db: workers[worker]! }, { baseUrl: "http://127.0.0.1:1/v1" }, model, perMinute);

describe("the pace of requests", () => {
  it("holds for all workers together", async () => {
    const intervalMs = 40;
    const started = performance.now();
    await Promise.all(Array.from({ length: 8 }, (_, i) => paceOf(i % 2, "shared", 60_000 / intervalMs)()));
    // A busy machine makes it longer, and nothing makes it shorter than the column's whole milliseconds do.
    expect(performance.now() - started).toBeGreaterThanOrEqual(7 * (intervalMs - 1));
  });

  it("lets other models' requests start at once", async () => {
    await paceOf(0, "slow", 1)();
    await paceOf(0, "other", 1)();
    await paceOf(1, "third", 1)();
  });

  it("takes no turn for who leaves the line, and lets the next one in", async () => {
    await paceOf(0, "left", 1)();
    const [before] = await workers[0]!.requestPace.findMany({ where: { service: { contains: "left" } } });
    const leaving = new AbortController();
    const waiting = paceOf(0, "left", 1)(leaving.signal);
    leaving.abort(new Error("called off"));
    await expect(waiting).rejects.toThrow("called off");
    const [after] = await workers[0]!.requestPace.findMany({ where: { service: { contains: "left" } } });
    expect(after).toEqual(before);
    // Later, in this process or another one.
    await workers[0]!.requestPace.updateMany({ data: { nextAt: new Date(0) } });
    await paceOf(0, "left", 1)();
    await workers[0]!.requestPace.updateMany({ data: { nextAt: new Date(0) } });
    await paceOf(1, "left", 1)();
  });
});
