import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import sharp from "sharp";
import type { Endpoints } from "@/lib/server/config";
import type { Context } from "@/lib/server/context";
import { type OpenStudio, openStudio } from "@/lib/server/open-studio";
import { createTestDatabase, type TestDatabase } from "./database";

export interface TestStudio {
  context: Context;
  studio: OpenStudio;
  testDatabase: TestDatabase;
  close(): Promise<void>;
}

/** A studio of its own on a fresh database and an empty data folder. */
export async function createTestStudio(
  options: { packsDir?: string; work?: boolean; endpoints?: Endpoints } = {},
): Promise<TestStudio> {
  const testDatabase = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "pentimento-test-"));
  const studio = await openStudio(
    {
      dataDir,
      packsDir: options.packsDir ?? resolve("models"),
      objectStoreUrl: undefined,
      ...(options.endpoints && { endpoints: options.endpoints }),
    },
    testDatabase.url,
    { name: "pentimento test", connections: 5, work: options.work ?? false },
  );
  return {
    studio,
    testDatabase,
    context: { studio, caller: studio.owner },
    async close() {
      await studio.close();
      await testDatabase.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A PNG that no other colour shares: a gradient over a base colour. */
export function testPng(red: number, green: number, blue: number, size = 64): Promise<Buffer> {
  const data = Buffer.alloc(size * size * 3);
  for (let i = 0; i < size * size; i++) {
    data.set([red, (green + i) % 256, (blue + (i >> 6)) % 256], i * 3);
  }
  return sharp(data, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toBuffer();
}
