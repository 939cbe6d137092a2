import type pg from "pg";
import { runConfigSchema } from "@/lib/domain/run-config";
import { storePicture } from "@/lib/server/images/store-picture";
import type { OpenStudio } from "@/lib/server/open-studio";
import { anchorStatements, type LargeIds, statementsFor } from "./rows";

export interface LargeOptions {
  samples: number;
  /** Distinct pairs of pictures, and their width and height in pixels. */
  pictures?: number;
  pictureSize?: number;
}

const runCount = 20;
/** Rows of one statement: enough for speed, few enough to tell how far it is. */
const chunk = 100_000;
const filled = ["edits", "candidates", "samples", "assignments", "decisions", "review_tickets"];

/**
 * Fills an empty, migrated database with `samples` samples and all they hang on: texts of their own, scores and
 * uncertainties spread out, one sample in eight decided, on a few pictures that they share.
 * Indexes are dropped for the time and made again, and the rows are not checked against each other one by one.
 */
export async function fillDatabase(
  studio: OpenStudio,
  client: pg.Client | pg.PoolClient,
  { samples, pictures = 1, pictureSize = 64 }: LargeOptions,
  say: (line: string) => void,
): Promise<LargeIds> {
  const ids = await makeRoots(studio, { samples, pictures, pictureSize });
  await setServer(client, { max_wal_size: "'8GB'", full_page_writes: "off", autovacuum: "off" });
  await client.query("SET session_replication_role = replica");
  await client.query("SET synchronous_commit = off");
  await client.query("SET maintenance_work_mem = '512MB'");
  for (const sql of anchorStatements(ids)) await client.query(sql);
  const indexes = await dropIndexes(client);
  for (let from = 0; from < samples; from += chunk) {
    const to = Math.min(samples, from + chunk) - 1;
    for (const sql of statementsFor(ids, from, to, samples)) await client.query(sql);
    say(`${(to + 1).toLocaleString("en")} samples`);
  }
  for (const { indexdef, indexname } of indexes) {
    say(`index ${indexname}`);
    await client.query(indexdef);
  }
  await client.query(`
    INSERT INTO counters (project_id, name, value)
    SELECT project_id, 'samples.' || state, count(*) FROM samples WHERE project_id = '${ids.projectId}' GROUP BY 1, 2
    ON CONFLICT (project_id, name) DO UPDATE SET value = EXCLUDED.value`);
  await client.query(`
    INSERT INTO run_sample_counts (run_id, state, count)
    SELECT run_id, state, count(*) FROM samples GROUP BY run_id, state`);
  await client.query("SET session_replication_role = DEFAULT");
  say("analyze");
  await client.query("VACUUM ANALYZE");
  await setServer(client, { max_wal_size: null, full_page_writes: null, autovacuum: null });
  await client.query("CHECKPOINT");
  return ids;
}

/** Settings of the whole server while it is filled; null gives the usual ones back. */
async function setServer(client: pg.Client | pg.PoolClient, settings: Record<string, string | null>) {
  for (const [name, value] of Object.entries(settings)) {
    await client.query(value === null ? `ALTER SYSTEM RESET ${name}` : `ALTER SYSTEM SET ${name} = ${value}`);
  }
  await client.query("SELECT pg_reload_conf()");
}

async function makeRoots(
  studio: OpenStudio,
  { samples, pictures, pictureSize }: Required<LargeOptions>,
): Promise<LargeIds> {
  const { db, store, owner } = studio;
  const picture = async (level: number) => {
    const size = pictureSize;
    const data = new Uint8Array(size * size * 3).map((_, k) => (level * (1 + (k % 3)) + k + (k >> 9)) % 256);
    const stored = await storePicture(store, { width: size, height: size, data });
    await db.image.createMany({ data: [stored], skipDuplicates: true });
    return stored.sha256;
  };
  const images = { anchor: await picture(0), sources: [] as string[], targets: [] as string[] };
  for (let n = 0; n < pictures; n++) {
    images.sources.push(await picture(1 + n));
    images.targets.push(await picture(101 + n));
  }
  const policy = await db.selectionPolicy.create({
    data: {
      projectId: owner.projectId,
      name: "large",
      version: 1,
      thresholds: { clipDirection: { min: 0.1 } },
    },
  });
  const runIds: string[] = [];
  for (let n = 1; n <= runCount; n++) {
    const config = runConfigSchema.parse({ name: `Large run ${n}` });
    const run = await db.run.create({
      data: {
        projectId: owner.projectId,
        policyId: policy.id,
        name: config.name,
        config,
        state: "succeeded",
      },
    });
    runIds.push(run.id);
  }
  // Each render has one picture: as many renders as pictures at least.
  const anchors = Math.max(1, pictures, Math.ceil(samples / 400));
  return {
    projectId: owner.projectId,
    memberId: owner.memberId,
    policyId: policy.id,
    runIds,
    anchors,
    images,
  };
}

/** Drops what no constraint needs, and returns how to make it again. */
async function dropIndexes(
  client: pg.Client | pg.PoolClient,
): Promise<{ indexname: string; indexdef: string }[]> {
  const { rows } = await client.query<{ indexname: string; indexdef: string }>(
    `SELECT i.indexname, i.indexdef FROM pg_indexes i JOIN pg_class c ON c.relname = i.indexname
     JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = i.schemaname
     WHERE i.schemaname = 'public' AND i.tablename = ANY($1)
       AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)`,
    [filled],
  );
  for (const { indexname } of rows) await client.query(`DROP INDEX "${indexname}"`);
  return rows;
}
