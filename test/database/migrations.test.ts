import { execFile } from "node:child_process";
import { promisify } from "node:util";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { applyMigrations, type Migration, readMigrations } from "@/lib/server/database/migrations";
import { diffToSchema } from "@/scripts/schema-diff";
import { createEmptyDatabase } from "../support/database";

let empty: Awaited<ReturnType<typeof createEmptyDatabase>>;
beforeEach(async () => {
  empty = await createEmptyDatabase();
});
afterEach(() => empty.drop());

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: empty.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const migration = (name: string, sql: string): Migration => ({ name, sql, checksum: name.padEnd(64, "0") });

it("makes exactly what the Prisma schema says", async () => {
  await applyMigrations(empty.url);
  expect(await diffToSchema(empty.url)).toBe("");
});

it("applies each migration once", async () => {
  const names = readMigrations().map(({ name }) => name);
  expect(await applyMigrations(empty.url)).toEqual(names);
  expect(await applyMigrations(empty.url)).toEqual([]);
  expect(await query(`SELECT migration_name FROM "_prisma_migrations"`)).toHaveLength(names.length);
});

it("lets several processes migrate one database at once", async () => {
  const script = `import { applyMigrations } from "@/lib/server/database/migrations";
    console.log((await applyMigrations(process.argv[1])).length);`;
  const run = () =>
    promisify(execFile)(process.execPath, [
      "--import",
      "tsx",
      "--input-type=module",
      "-e",
      script,
      empty.url,
    ]);
  const outputs = await Promise.all([run(), run(), run()]);
  const counts = outputs.map(({ stdout }) => Number(stdout)).sort();
  expect(counts).toEqual([0, 0, readMigrations().length]);
});

it("takes a failed migration back in full and can go on once it is mended", async () => {
  const good = migration("1_good", "CREATE TABLE a (id int)");
  const broken = migration("2_next", "CREATE TABLE b (id int); SELECT nonsense;");
  await expect(applyMigrations(empty.url, [good, broken])).rejects.toThrow(/2_next failed: .*nonsense/);
  expect(await query("SELECT to_regclass('a') AS a, to_regclass('b') AS b")).toEqual([{ a: "a", b: null }]);
  const mended = migration("2_next", "CREATE TABLE b (id int)");
  expect(await applyMigrations(empty.url, [good, mended])).toEqual(["2_next"]);
});

it("refuses a database of a newer version", async () => {
  await applyMigrations(empty.url, [migration("1_a", "SELECT 1"), migration("2_later", "SELECT 1")]);
  await expect(applyMigrations(empty.url, [migration("1_a", "SELECT 1")])).rejects.toThrow(
    /newer version of Pentimento \(it holds the migration 2_later\)/,
  );
});

it("refuses a migration that was changed after it was applied", async () => {
  await applyMigrations(empty.url, [migration("1_a", "SELECT 1")]);
  const changed = { ...migration("1_a", "SELECT 2"), checksum: "f".repeat(64) };
  await expect(applyMigrations(empty.url, [changed])).rejects.toThrow(/1_a was changed/);
});

it.each([
  ["postgresql://u:p@127.0.0.1:1/x", /No PostgreSQL answers at 127\.0\.0\.1:1 \(ECONNREFUSED\)/],
  ["not an address", /DATABASE_URL is not an address/],
])("says in a sentence why %s cannot be reached", async (url, sentence) => {
  await expect(applyMigrations(url)).rejects.toThrow(sentence);
});

it("says which password or database is wrong", async () => {
  const wrong = new URL(empty.url);
  wrong.password = "wrong";
  await expect(applyMigrations(wrong.href)).rejects.toThrow(/refuses the user or password/);
  const missing = new URL(empty.url);
  missing.pathname = "/nowhere";
  await expect(applyMigrations(missing.href)).rejects.toThrow(/has no database "nowhere"/);
});
