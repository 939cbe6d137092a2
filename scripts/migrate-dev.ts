// `npm run migrate:dev -- --name what-changes`: writes the next migration of prisma/migrations, the difference
// between the migrations there are and prisma/schema.prisma. Works on a database of its own that lives as long
// as the command; the studio applies migrations when it starts. Read the SQL before you commit it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbedded } from "@/lib/server/database/embedded";
import { applyMigrations } from "@/lib/server/database/migrations";
import { diffToSchema } from "./schema-diff";

const { values } = parseArgs({ options: { name: { type: "string" } } });
const name = values.name
  ?.trim()
  .toLowerCase()
  .replace(/[^a-z0-9]+/g, "_");
if (!name) {
  console.error("Say what the migration does: npm run migrate:dev -- --name add_masks");
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "pentimento-migrate-"));
const server = await startEmbedded(folder, { throwAway: true });
try {
  mkdirSync("prisma/migrations", { recursive: true });
  await applyMigrations(server.url);
  const sql = await diffToSchema(server.url);
  if (sql === "") {
    console.log("The migrations already make what prisma/schema.prisma says: nothing to write.");
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const target = join("prisma/migrations", `${stamp}_${name}`);
    mkdirSync(target);
    writeFileSync(join(target, "migration.sql"), sql);
    await applyMigrations(server.url);
    console.log(`Wrote ${target}/migration.sql (${sql.split("\n").length} lines) and tried it.`);
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
