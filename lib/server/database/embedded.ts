import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { UserError } from "@/lib/domain/errors";
import { findFreePort, isPortFree } from "@/lib/server/processes/free-port";
import { makeFolder } from "@/lib/server/processes/make-folder";
import { endProcess, identifyProcess } from "@/lib/server/processes/process-identity";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries";
import { explainFileFailure, explainPostgresFailure } from "./postgres-failure";
import { choosePostgresUser, handOver, type RunAs } from "./postgres-identity";
import { clearPostmaster, findPostmaster } from "./postmaster-file";

const USER = "pentimento";
const DATABASE = "pentimento";
/** A new cluster takes 47 MB and its first write-ahead segments 32 MB; below this PostgreSQL dies half-way. */
const NEEDED_BYTES = 128 * 1024 * 1024;
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  max_wal_size: "512MB",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};
/** PG* variables of the user's shell must not reach our server, and its messages are read in English. */
const environment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
  // PostgreSQL does not care, but Next's types want it in every environment.
  NODE_ENV: process.env.NODE_ENV,
};

export interface EmbeddedOptions {
  /** Give up durability for speed; for databases that live as long as a test. */
  throwAway?: boolean;
}

export interface EmbeddedDatabase {
  /** `postgresql://` address of the database `pentimento`, with password. */
  url: string;
  port: number;
  pid: number;
  /** True when a server left behind by an earlier start had to be stopped first. */
  replacedOrphan: boolean;
  /** Resolves when the server is gone, wanted or not. */
  exited: Promise<void>;
  /** Ends sessions, writes everything and stops; resolves when the server is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that lives in `<dataDir>/postgres`, made there if need be: loopback only, on a free port
 * that is kept between starts, with a password of its own. A server that an earlier launcher left behind is
 * stopped first, and a server that was killed recovers from its write-ahead log.
 * The caller holds the lock of the data folder: two starts on one folder at once are not supported.
 */
export async function startEmbedded(
  dataDir: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedDatabase> {
  const folder = resolve(dataDir, "postgres");
  const cluster = join(folder, "cluster");
  const binaries = findPostgresBinaries();
  try {
    makeFolder(resolve(dataDir));
    makeFolder(folder, 0o700);
    const runAs = choosePostgresUser(existsSync(cluster) ? cluster : folder);
    const replacedOrphan = await clearPostmaster(cluster);
    const password = readOrMakePassword(folder);
    if (!existsSync(cluster)) makeCluster({ folder, cluster, binaries, runAs, options });
    refuseOtherVersion(cluster, binaries);
    const server = await launch({ folder, cluster, binaries, runAs, options, password });
    return { ...server, replacedOrphan };
  } catch (error) {
    throw explainFileFailure(error, folder);
  }
}

/** Address of the embedded server that another process runs on this data folder now, or undefined. */
export function findEmbeddedUrl(dataDir: string): string | undefined {
  const folder = resolve(dataDir, "postgres");
  const running = findPostmaster(join(folder, "cluster"));
  if (!running || !existsSync(join(folder, "password"))) return undefined;
  return databaseUrl(readFileSync(join(folder, "password"), "utf8").trim(), running.port);
}

interface Site {
  folder: string;
  cluster: string;
  binaries: PostgresBinaries;
  runAs: RunAs;
  options: EmbeddedOptions;
}

function databaseUrl(password: string, port: number, database = DATABASE): string {
  return `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

function readOrMakePassword(folder: string): string {
  const file = join(folder, "password");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const password = randomBytes(24).toString("hex");
  writeFileSync(`${file}.new`, `${password}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return password;
}

/** Made under another name and moved when complete, so that a half-made cluster is never taken for a whole one. */
function makeCluster({ folder, cluster, binaries, runAs, options }: Site): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < NEEDED_BYTES) throw explainPostgresFailure("no space left on device", folder);
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  handOver(folder, runAs);
  const [program, ...args] = [
    ...runAs.prefix,
    binaries.initdb,
    `--pgdata=${draft}`,
    `--username=${USER}`,
    `--pwfile=${join(folder, "password")}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The server's own collation: sorts alike on every system, whatever locales are installed.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(options.throwAway ? ["--no-sync"] : []),
  ];
  const { uid, gid } = runAs;
  const { status, stdout, stderr, error } = spawnSync(program!, args, {
    encoding: "utf8",
    env: environment,
    cwd: folder,
    uid,
    gid,
  });
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw explainPostgresFailure(error ? String(error) : `${stdout}\n${stderr}`, folder);
  }
  renameSync(draft, cluster);
}

function refuseOtherVersion(cluster: string, binaries: PostgresBinaries): void {
  const made = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (made === binaries.major) return;
  throw new UserError(
    "unavailable",
    `The database in ${cluster} was made by PostgreSQL ${made} and this version brings ${binaries.major}: start the Pentimento version that made it, or name another folder with PENTIMENTO_DATA_DIR.`,
    cluster,
  );
}

async function launch(site: Site & { password: string }): Promise<Omit<EmbeddedDatabase, "replacedOrphan">> {
  const portFile = join(site.folder, "port");
  const kept = existsSync(portFile) ? Number(readFileSync(portFile, "utf8")) : 0;
  for (let attempt = 0; ; attempt++) {
    const port = attempt === 0 && kept > 0 && (await isPortFree(kept)) ? kept : await findFreePort();
    const { child, readLog } = spawnServer(site, port);
    const failure = await untilReady(child, site.password, port, readLog);
    if (failure === undefined) {
      if (port !== kept) writeFileSync(portFile, `${port}\n`);
      return handle(child, site.password, port);
    }
    // Another program took the port between the look and the start.
    if (/could not bind|address already in use/i.test(failure) && attempt < 4) continue;
    throw explainPostgresFailure(failure, site.folder);
  }
}

function spawnServer({ folder, cluster, binaries, runAs, options }: Site, port: number) {
  const logFile = join(folder, "server.log");
  const size = existsSync(logFile) ? statSync(logFile).size : 0;
  if (size > 10_000_000) renameSync(logFile, `${logFile}.old`);
  const start = size > 10_000_000 ? 0 : size;
  const settings = {
    ...SETTINGS,
    port: String(port),
    ...(options.throwAway ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [program, ...args] = [...runAs.prefix, binaries.postgres, "-D", cluster, ...flags];
  const log = openSync(logFile, "a", 0o600);
  // Detached: Ctrl-C in the terminal goes to the launcher, which stops the server last.
  const child = spawn(program!, args, {
    env: environment,
    cwd: folder,
    uid: runAs.uid,
    gid: runAs.gid,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  return { child, readLog: () => readFileSync(logFile).subarray(start).toString("utf8") };
}

/** Resolves undefined when the server answers, else what it wrote before it ended. */
async function untilReady(
  child: ChildProcess,
  password: string,
  port: number,
  readLog: () => string,
): Promise<string | undefined> {
  let ended: string | undefined;
  child.once("error", (error) => {
    ended = error.message;
  });
  child.once("exit", () => {
    ended ??= readLog();
  });
  // Recovery after a crash may take long, so there is no time limit while the server lives.
  while (ended === undefined) {
    if (await ensureDatabase(databaseUrl(password, port, "postgres"))) return undefined;
    await new Promise((done) => setTimeout(done, 20));
  }
  return ended;
}

async function ensureDatabase(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    return true;
  } catch (error) {
    const code = (error as { code?: string }).code;
    // 57P03: still starting up.
    if (code === "ECONNREFUSED" || code === "57P03" || code === "ECONNRESET") return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

function handle(child: ChildProcess, password: string, port: number) {
  const identity = identifyProcess(child.pid!);
  const exited = new Promise<void>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.once("exit", () => done());
  });
  return {
    url: databaseUrl(password, port),
    port,
    pid: child.pid!,
    exited,
    async stop() {
      // Counted again from here on, or the launcher could end before it saw the server end.
      child.ref();
      if (identity) await endProcess(identity, "SIGINT", 20_000);
      await exited;
    },
  };
}
