import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { UserError } from "@/lib/domain/errors";
import { type Config, readConfig } from "@/lib/server/config";
import { applyMigrations } from "@/lib/server/database/migrations";
import { lockDataDir } from "@/lib/server/processes/data-lock";
import { whyNotListen } from "@/lib/server/processes/free-port";
import { buildStudio, GUARD, isBuilt, NEXT } from "./build";
import { type KeptDatabase, keepDatabase } from "./keep-database";
import { type KeptChild, keepRunning } from "./keep-running";
import { stopLeftovers } from "./leftovers";
import { type Log, openLog, type Source } from "./log";
import { prepareClient } from "./prepare-client";

/** A batch on two cores takes seconds; what is not done by then is handed back to the queue. */
const WORKER_PATIENCE_MS = 30_000;
const WEB_PATIENCE_MS = 5_000;

/**
 * Runs the studio until it is told to stop: database, migrations, build, web server and workers.
 * Resolves with the exit code.
 */
export async function supervise({ development }: { development: boolean }): Promise<number> {
  const stop = waitForSignal();
  // A reader that went away (`npm start | head`) must not end the studio.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  const closers: ((hurry: boolean) => Promise<void>)[] = [];
  let log: Log | undefined;
  try {
    if (existsSync(".env")) process.loadEnvFile(".env");
    const config = readConfig();
    const lock = lockDataDir(config.dataDir, "studio");
    closers.push(async () => lock.release());
    log = openLog(config.dataDir, process.stdout);
    const url = await startAll({ config, development, log, closers, stop });
    if (url) {
      lock.announce(url);
      log.say("studio", `Pentimento is ready: ${url}   (Ctrl-C stops it)`);
    }
    await stop.asked;
    log.say("studio", "stopping");
    return 0;
  } catch (error) {
    const text = error instanceof UserError ? error.message : String((error as Error).stack ?? error);
    if (log) log.complain("studio", text);
    else console.error(text);
    return 1;
  } finally {
    for (const close of closers.reverse()) await close(stop.hurried());
    log?.say("studio", "stopped");
  }
}

interface Stop {
  /** Resolves at the first request to stop. */
  asked: Promise<void>;
  /** Aborted at the same moment. */
  signal: AbortSignal;
  /** True once the request was repeated. */
  hurried(): boolean;
}

function waitForSignal(): Stop {
  let requests = 0;
  const controller = new AbortController();
  const asked = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        requests++;
        controller.abort();
        resolve();
      });
    }
  });
  return { asked, signal: controller.signal, hurried: () => requests > 1 };
}

interface Start {
  config: Config;
  development: boolean;
  log: Log;
  closers: ((hurry: boolean) => Promise<void>)[];
  stop: Stop;
}

/** Starts everything and returns the address once the studio answers there; undefined if stopped meanwhile. */
async function startAll(start: Start): Promise<string | undefined> {
  const { config, development, log, closers, stop } = start;
  const leftovers = await stopLeftovers(config.dataDir);
  if (leftovers.length) log.say("studio", `stopped what an earlier start had left behind: ${leftovers}`);
  await refuseTakenPort(config);
  prepareClient();

  const children: KeptChild[] = [];
  const cancel = new AbortController();
  closers.push(async () => cancel.abort());
  stop.signal.addEventListener("abort", () => cancel.abort());
  const building = development || isBuilt() ? undefined : build(log, cancel.signal);
  // Awaited below; until then a failure of the database must not make this one unheard.
  building?.catch(() => {});
  let database: KeptDatabase | undefined;
  if (!config.databaseUrl) {
    database = await keepDatabase(config.dataDir, log, () => {
      for (const child of children) child.recycle();
    });
    closers.push(() => database!.stop());
  }
  const databaseUrl = () => config.databaseUrl ?? database!.url();
  const applied = await applyMigrations(databaseUrl());
  if (applied.length) log.say("db", `applied ${applied.length} migration(s), up to ${applied.at(-1)}`);
  await building;
  if (stop.signal.aborted) return undefined;

  const failed = new Promise<never>((_, reject) => {
    const plan = (role: Source, args: string[], patienceMs: number) =>
      keepRunning({
        role,
        args,
        patienceMs,
        log,
        dataDir: config.dataDir,
        environment: () => childEnvironment(config, databaseUrl(), development),
        onCrash: (times) => {
          if (role === "web" && times === 5) {
            reject(
              new UserError("unavailable", `The web server ended five times in a row: see ${log.file}.`),
            );
          }
        },
      });
    children.push(plan("web", webArguments(config, development), WEB_PATIENCE_MS));
    for (let index = 1; index <= config.workers; index++) {
      const role: Source = config.workers === 1 ? "worker" : `worker${index}`;
      children.push(plan(role, workerArguments(development), WORKER_PATIENCE_MS));
    }
  });
  failed.catch(() => {});
  closers.push(async (hurry) => {
    await Promise.all(children.map((child) => child.stop(hurry ? 0 : undefined)));
  });
  // On request: the workers make way for fresh ones.
  process.on("SIGUSR2", () => {
    for (const child of children.slice(1)) child.recycle();
  });
  const url = `http://${config.host === "127.0.0.1" ? "localhost" : config.host}:${config.port}`;
  await Promise.race([untilAnswers(config, stop), failed, stop.asked]);
  return stop.signal.aborted ? undefined : url;
}

async function build(log: Log, cancelled: AbortSignal): Promise<void> {
  const began = Date.now();
  log.say("web", "building the studio, once for this version (about half a minute)");
  await buildStudio(cancelled);
  if (cancelled.aborted) return;
  log.say("web", `built in ${Math.round((Date.now() - began) / 1000)} s`);
}

async function refuseTakenPort({ host, port }: Config): Promise<void> {
  const code = await whyNotListen(port, host);
  if (!code) return;
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program: stop that one, or choose another port, as in \`PORT=${port + 1} npm start\`.`,
    EACCES: `This user may not listen on port ${port}: choose one above 1023, as in \`PORT=3000 npm start\`.`,
    EADDRNOTAVAIL: `This machine has no address ${host}: correct the variable HOST.`,
    ENOTFOUND: `This machine has no address ${host}: correct the variable HOST.`,
  };
  throw new UserError("unavailable", reasons[code] ?? `Cannot listen on ${host}:${port} (${code}).`, "PORT");
}

function childEnvironment(config: Config, databaseUrl: string, development: boolean): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: development ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    PENTIMENTO_DATA_DIR: config.dataDir,
  };
}

function webArguments({ host, port }: Config, development: boolean): string[] {
  return ["--import", GUARD, NEXT, development ? "dev" : "start", "-H", host, "-p", String(port)];
}

function workerArguments(development: boolean): string[] {
  const main = "workers/main.ts";
  if (!development) return ["--import", GUARD, "--import", "tsx", main];
  const tsx = createRequire(import.meta.url).resolve("tsx/cli");
  return ["--import", GUARD, tsx, "watch", "--clear-screen=false", main];
}

async function untilAnswers({ host, port }: Config, stop: Stop): Promise<void> {
  const address = `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${port}/`;
  while (!stop.signal.aborted) {
    try {
      await fetch(address, { redirect: "manual" }).then((response) => response.arrayBuffer());
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
