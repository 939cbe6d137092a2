import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "@/lib/server/database/embedded";
import { applyMigrations } from "@/lib/server/database/migrations";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the migrated database that every test database is a copy of. */
    templateUrl: string;
  }
}

/** Vitest's global setup of the database tests: one PostgreSQL for all of them, gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "pentimento-test-"));
  const server = await startEmbedded(folder, { throwAway: true });
  await applyMigrations(server.url);
  project.provide("templateUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
