import pg from "pg";
import { startEmbedded } from "@/lib/server/database/embedded";
import { applyMigrations } from "@/lib/server/database/migrations";
import { type OpenStudio, openStudio } from "@/lib/server/open-studio";
import { fillDatabase, type LargeOptions } from "./fill";

export interface LargeDatabase {
  studio: OpenStudio;
  url: string;
  /** What the command line of PostgreSQL would do. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Opens the database in the folder with the product's own settings; an empty one is filled first. */
export async function openLargeDatabase(
  folder: string,
  options: LargeOptions,
  say: (line: string) => void = () => {},
): Promise<LargeDatabase> {
  const server = await startEmbedded(folder);
  await applyMigrations(server.url);
  const studio = await openStudio(
    { dataDir: folder, packsDir: "models", objectStoreUrl: undefined },
    server.url,
    { name: "large database" },
  );
  const pool = new pg.Pool({ connectionString: server.url, max: 2 });
  if ((await studio.db.sample.count({ take: 1 })) === 0) {
    const client = await pool.connect();
    try {
      await fillDatabase(studio, client, options, say);
    } finally {
      client.release(true);
    }
  }
  return {
    studio,
    url: server.url,
    async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
      return (await pool.query<Row>(sql, values)).rows;
    },
    async close() {
      await pool.end();
      await studio.close();
      await server.stop();
    },
  };
}
