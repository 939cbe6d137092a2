import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createDatabase, type Database } from "@/lib/server/database/client";

export interface TestDatabase {
  url: string;
  database: Database;
  /** Runs SQL that the client has no words for, and returns its rows. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/**
 * A fresh, migrated database of this test file's own. Call it in `beforeAll` (or `beforeEach`, it takes about
 * 50 ms) and `drop()` it afterwards.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(inject("templateUrl"));
  const name = `test_${randomBytes(6).toString("hex")}`;
  await admin(`CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`);
  const url = withDatabase(template, name);
  const database = createDatabase(url, { connections: 5 });
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  return {
    url,
    database,
    async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
      return (await pool.query<Row>(sql, values)).rows;
    },
    async drop() {
      await database.$disconnect();
      await pool.end();
      await admin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** An empty database without tables, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `empty_${randomBytes(6).toString("hex")}`;
  await admin(`CREATE DATABASE ${name} TEMPLATE template0`);
  return {
    url: withDatabase(new URL(inject("templateUrl")), name),
    drop: () => admin(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

function withDatabase(url: URL, name: string): string {
  const copy = new URL(url);
  copy.pathname = `/${name}`;
  return copy.href;
}

async function admin(sql: string): Promise<void> {
  const client = new pg.Client({
    connectionString: withDatabase(new URL(inject("templateUrl")), "postgres"),
  });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
