import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { UserError } from "@/lib/domain/errors";
import { explainConnectionFailure } from "./connection-failure";

/** One migration of `prisma/migrations`, with the checksum Prisma keeps of it. */
export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** Any fixed number: everybody who migrates waits for the one who holds this lock. */
const ADVISORY_LOCK = 7_436_921_508;

/** The table Prisma's own tools keep, so that they can be used on the same database. */
const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/** The migrations in the order of their names, which begin with the time they were made. */
export function readMigrations(folder = resolve("prisma/migrations")): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * Brings the database up to date and returns the names of the migrations that were missing. Each is one
 * transaction together with its line in the history: it is there in full or not at all. Several processes may
 * call this at once.
 * @throws UserError when the database cannot be reached, or holds migrations this version does not know
 */
export async function applyMigrations(databaseUrl: string, migrations = readMigrations()): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "pentimento-migrations" });
  // A connection lost between two statements also fails the next one, which reports it.
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw explainConnectionFailure(error, databaseUrl);
  }
  try {
    await client.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
    await client.query(HISTORY_TABLE);
    const missing = await findMissing(client, migrations);
    for (const migration of missing) await applyOne(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

async function findMissing(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of rows) {
    const migration = known.get(row.migration_name);
    if (!migration) {
      throw new UserError(
        "conflict",
        `The database was made by a newer version of Pentimento (it holds the migration ${row.migration_name}): update Pentimento, or name another database with DATABASE_URL.`,
        row.migration_name,
      );
    }
    if (row.finished_at === null || row.checksum !== migration.checksum) {
      throw new UserError(
        "conflict",
        row.finished_at === null
          ? `The migration ${row.migration_name} failed half-way when another tool applied it: mend the database and mark it with \`prisma migrate resolve\`.`
          : `The migration ${row.migration_name} was changed after it was applied to this database: put the file back as it was.`,
        row.migration_name,
      );
    }
  }
  const applied = new Set(rows.map((row) => row.migration_name));
  return migrations.filter(({ name }) => !applied.has(name));
}

async function applyOne(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
