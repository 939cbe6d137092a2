import pg from "pg";
import type { Config } from "@/lib/server/config";
import { findLockHolder, lockDataDir } from "@/lib/server/processes/data-lock";
import { findEmbeddedUrl, startEmbedded } from "./embedded";
import { applyMigrations } from "./migrations";

export interface OpenDatabase {
  url: string;
  /** Stops what was started for this use; a database that others run is left alone. */
  close(): Promise<void>;
}

/**
 * The database of an installation for one command: the external one, that of the studio that runs now, or the
 * embedded one, started for as long as the command takes. Migrated in each case.
 * @param purpose the command's name, shown to whoever finds the data folder taken
 * @throws UserError when the database cannot be had
 */
export async function openDatabase(
  config: Pick<Config, "dataDir" | "databaseUrl">,
  purpose: string,
): Promise<OpenDatabase> {
  if (config.databaseUrl) {
    await applyMigrations(config.databaseUrl);
    return { url: config.databaseUrl, close: async () => {} };
  }
  if (findLockHolder(config.dataDir)?.purpose === "studio") {
    const url = await waitForStudioDatabase(config.dataDir);
    if (url) {
      await applyMigrations(url);
      return { url, close: async () => {} };
    }
  }
  const lock = lockDataDir(config.dataDir, purpose);
  try {
    const server = await startEmbedded(config.dataDir);
    await applyMigrations(server.url);
    return {
      url: server.url,
      async close() {
        await server.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A server is there before it takes connections, and on the first start before the database is. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** A studio that is just starting has the lock a moment before it has the database. */
async function waitForStudioDatabase(dataDir: string): Promise<string | undefined> {
  while (findLockHolder(dataDir)?.purpose === "studio") {
    const url = findEmbeddedUrl(dataDir);
    if (url && (await answers(url))) return url;
    await new Promise((done) => setTimeout(done, 100));
  }
  return undefined;
}
