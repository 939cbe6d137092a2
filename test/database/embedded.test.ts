import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { type EmbeddedDatabase, findEmbeddedUrl, startEmbedded } from "@/lib/server/database/embedded";
import { explainPostgresFailure } from "@/lib/server/database/postgres-failure";
import { identifyProcess } from "@/lib/server/processes/process-identity";
import { temporaryFolder } from "../support/temporary-folder";

const isRoot = process.getuid?.() === 0;
const running = new Set<EmbeddedDatabase>();
afterEach(async () => {
  await Promise.all([...running].map((server) => server.stop()));
  running.clear();
});

/** Without flushing to disk where a test is not about what a crash leaves. */
async function start(folder: string, throwAway = true): Promise<EmbeddedDatabase> {
  const server = await startEmbedded(folder, { throwAway });
  running.add(server);
  return server;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Starts a server in a process of its own, as `user` where given, and leaves it running when that process ends. */
function startElsewhere(folder: string, user?: string): { url: string; pid: number } {
  const script = `import { startEmbedded } from "@/lib/server/database/embedded";
    const { url, pid } = await startEmbedded(process.argv[1], { throwAway: true });
    console.log(JSON.stringify({ url, pid }));
    process.exit(0);`;
  const command = [process.execPath, "--import", "tsx", "--input-type=module", "-e", script, folder];
  const [program, ...args] = user ? ["runuser", "-u", user, "--", ...command] : command;
  return JSON.parse(execFileSync(program!, args, { encoding: "utf8" }));
}

describe("the embedded PostgreSQL", () => {
  it("keeps data, port and password from one start to the next", async () => {
    const folder = temporaryFolder();
    const first = await start(folder);
    await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    expect(findEmbeddedUrl(folder)).toBeUndefined();
    const second = await start(folder);
    expect(second.url).toBe(first.url);
    expect(findEmbeddedUrl(folder)).toBe(first.url);
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  it("listens on loopback only, asks for the password and lets nobody else read it", async () => {
    const folder = temporaryFolder();
    const server = await start(folder);
    const [settings] = await query(
      server.url,
      "SELECT current_setting('listen_addresses') AS at, current_setting('unix_socket_directories') AS sockets",
    );
    expect(settings).toEqual({ at: "127.0.0.1", sockets: "" });
    await expect(query(server.url.replace(/:[0-9a-f]{48}@/, ":guess@"), "SELECT 1")).rejects.toThrow(
      /password/,
    );
    expect(statSync(join(folder, "postgres/password")).mode & 0o077).toBe(0);
    expect(statSync(join(folder, "postgres")).mode & 0o077).toBe(0);
  });

  it("offers trigram search", async () => {
    const server = await start(temporaryFolder());
    await query(server.url, "CREATE EXTENSION pg_trgm");
    expect(await query(server.url, "SELECT similarity('lantern', 'lanterns') > 0.6 AS near")).toEqual([
      { near: true },
    ]);
  });

  it("sorts and folds case in every script alike on every machine", async () => {
    const server = await start(temporaryFolder());
    const [row] = await query(server.url, "SELECT lower('ÄÖ ŁÓDŹ') AS low, 'Ж' ILIKE 'ж' AS same");
    expect(row).toEqual({ low: "äö łódź", same: true });
  });

  it("recovers everything committed after kill -9", async () => {
    const folder = temporaryFolder();
    const first = await start(folder, false);
    await query(first.url, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n");
    process.kill(first.pid, "SIGKILL");
    await first.exited;
    const second = await start(folder, false);
    expect(await query(second.url, "SELECT count(*)::int AS n FROM kept")).toEqual([{ n: 1000 }]);
  });

  it("stops a server whose launcher died, and takes its data over", async () => {
    const folder = temporaryFolder();
    const orphan = startElsewhere(folder);
    expect(identifyProcess(orphan.pid)).toBeDefined();
    await query(orphan.url, "CREATE TABLE kept AS SELECT 1 AS n");
    const server = await start(folder);
    expect(server.replacedOrphan).toBe(true);
    expect(identifyProcess(orphan.pid)).toBeUndefined();
    expect(await query(server.url, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
  });

  it("is not misled by a postmaster.pid whose number now belongs to another program", async () => {
    const folder = temporaryFolder();
    const first = await start(folder);
    const file = join(folder, "postgres/cluster/postmaster.pid");
    const stale = readFileSync(file, "utf8");
    await first.stop();
    const bystander = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    try {
      writeFileSync(file, stale.replace(/^\d+/, String(bystander.pid)));
      await start(folder);
      expect(bystander.exitCode).toBeNull();
    } finally {
      bystander.kill();
    }
  });

  it("moves to another port when its own is taken", async () => {
    const folder = temporaryFolder();
    const first = await start(folder);
    await first.stop();
    const squatter = createServer().listen(first.port, "127.0.0.1");
    try {
      const second = await start(folder);
      expect(second.port).not.toBe(first.port);
      expect(await query(second.url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
    } finally {
      squatter.close();
    }
  });

  it("starts over after an interrupted first start", async () => {
    const folder = temporaryFolder();
    const first = await start(folder);
    await first.stop();
    // What a power cut in the middle of initdb leaves: the draft, not yet the cluster.
    execFileSync("mv", [join(folder, "postgres/cluster"), join(folder, "postgres/cluster.new")]);
    rmSync(join(folder, "postgres/cluster.new/global"), { recursive: true });
    const second = await start(folder);
    expect(await query(second.url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
    expect(existsSync(join(folder, "postgres/cluster.new"))).toBe(false);
  });

  it("refuses a cluster of another PostgreSQL version in a sentence", async () => {
    const folder = temporaryFolder();
    await (await start(folder)).stop();
    writeFileSync(join(folder, "postgres/cluster/PG_VERSION"), "16\n");
    await expect(startEmbedded(folder)).rejects.toThrow(/made by PostgreSQL 16 and this version brings \d+/);
  });
});

describe.runIf(isRoot)("as root and as a plain user", () => {
  it("runs as a plain user, whose data root then starts with", async () => {
    const folder = temporaryFolder();
    execFileSync("chown", ["nobody", folder]);
    const orphan = startElsewhere(folder, "nobody");
    await query(orphan.url, "CREATE TABLE kept AS SELECT 7 AS n");
    const server = await start(folder);
    expect(await query(server.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
    await server.stop();
    // Root must not have left files that lock the plain user out.
    const again = startElsewhere(folder, "nobody");
    expect(await query(again.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
    await start(folder);
  });

  it("tells a plain user in a sentence that the folder belongs to root", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    await (await start(folder)).stop();
    expect(() => startElsewhere(folder, "nobody")).toThrow(/PostgreSQL may not use .* as this user/);
  });

  it("hands the folder to another user where user namespaces are barred", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    // No `unshare` on the search path is how it looks where namespaces cannot be had.
    const path = process.env.PATH;
    process.env.PATH = "/nonexistent";
    try {
      const server = await start(folder);
      expect(statSync(join(folder, "postgres/cluster")).uid).not.toBe(0);
      expect(await query(server.url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
    } finally {
      process.env.PATH = path;
    }
  });

  const canMount = () => spawnSync("unshare", ["--mount", "true"]).status === 0;
  it.runIf(isRoot && canMount())("says in a sentence that the disk is full or read-only", () => {
    const folder = temporaryFolder();
    const script = `import { startEmbedded } from "@/lib/server/database/embedded";
      await startEmbedded(process.argv[1]).then((s) => s.stop().then(() => console.log("started")), (e) => console.log(e.message));`;
    const attempt = (options: string) =>
      execFileSync(
        "unshare",
        [
          "--mount",
          "sh",
          "-c",
          `mount -t tmpfs -o ${options} none "$1" && exec "$2" --import tsx --input-type=module -e "$3" "$1"`,
          "sh",
          folder,
          process.execPath,
          script,
        ],
        { encoding: "utf8" },
      );
    expect(attempt("size=20m")).toMatch(/The disk that holds .* is full: free some space/);
    expect(attempt("ro")).toMatch(/The disk that holds .* is read-only/);
  });
});

describe("explainPostgresFailure", () => {
  it.each([
    ["FATAL: could not write: No space left on device", /is full/],
    ["initdb: error: Read-only file system", /read-only/],
    ["could not open file: Permission denied", /as this user/],
    ["initdb: error: could not look up effective user ID 12345: user does not exist", /user 12345 has none/],
    ["error while loading shared libraries: libxml2.so.2: cannot open", /system library libxml2\.so\.2/],
    [
      "LOG: hello\nFATAL:  data directory is odd\nLOG: bye",
      /did not start: FATAL: {2}data directory is odd\./,
    ],
    ["", /it gave no reason/],
  ])("says %j in a sentence", (output, sentence) => {
    expect(explainPostgresFailure(output, "/data/postgres").message).toMatch(sentence);
  });
});
