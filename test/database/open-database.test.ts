import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createDatabase } from "@/lib/server/database/client";
import { findEmbeddedUrl, startEmbedded } from "@/lib/server/database/embedded";
import { openDatabase } from "@/lib/server/database/open-database";
import { findLockHolder, lockDataDir } from "@/lib/server/processes/data-lock";
import { createEmptyDatabase } from "../support/database";
import { temporaryFolder } from "../support/temporary-folder";

async function countProjects(url: string): Promise<number> {
  const database = createDatabase(url);
  try {
    return await database.project.count();
  } finally {
    await database.$disconnect();
  }
}

it("migrates the database named by DATABASE_URL and starts no server", async () => {
  const dataDir = temporaryFolder();
  const external = await createEmptyDatabase();
  try {
    const { url, close } = await openDatabase({ dataDir, databaseUrl: external.url }, "import");
    expect(await countProjects(url)).toBe(0);
    await close();
    expect(existsSync(join(dataDir, "postgres"))).toBe(false);
  } finally {
    await external.drop();
  }
});

it("starts the embedded server for one command and keeps others out meanwhile", async () => {
  const dataDir = temporaryFolder();
  const { url, close } = await openDatabase({ dataDir, databaseUrl: undefined }, "import");
  expect(await countProjects(url)).toBe(0);
  await expect(openDatabase({ dataDir, databaseUrl: undefined }, "export")).rejects.toThrow(
    /`pentimento import` is at work on the data folder .*: wait for it, or stop it first\./,
  );
  await close();
  expect(findEmbeddedUrl(dataDir)).toBeUndefined();
  expect(findLockHolder(dataDir)).toBeUndefined();
});

it("shares the server of a studio that runs, also one that is just starting, and leaves it running", async () => {
  const dataDir = temporaryFolder();
  const lock = lockDataDir(dataDir, "studio");
  const opening = openDatabase({ dataDir, databaseUrl: undefined }, "import");
  const server = await startEmbedded(dataDir, { throwAway: true });
  try {
    const { url, close } = await opening;
    expect(url).toBe(server.url);
    await close();
    expect(await countProjects(server.url)).toBe(0);
  } finally {
    await server.stop();
    lock.release();
  }
});
