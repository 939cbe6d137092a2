import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findEmbeddedUrl } from "@/lib/server/database/embedded";
import { findFreePort } from "@/lib/server/processes/free-port";
import { identifyProcess } from "@/lib/server/processes/process-identity";
import { refusedStart, type Studio, startStudio } from "../support/studio";

let dataDir: string;
let studio: Studio;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "pentimento-start-"));
  studio = await startStudio({ dataDir });
});
afterAll(async () => {
  await studio?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function childPid(role: string): number {
  return JSON.parse(readFileSync(join(dataDir, "run", `${role}.json`), "utf8")).pid;
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: findEmbeddedUrl(dataDir) });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((done) => setTimeout(done, 100));
}

const answers = (url: string) =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

describe("npm start", () => {
  it("answers with the security headers, on loopback alone", async () => {
    const response = await fetch(studio.url);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("x-powered-by")).toBeNull();
  });

  it("refuses a second start on the same folder and says who has it", async () => {
    const { code, output } = await refusedStart({ dataDir, port: await findFreePort() });
    expect(code).toBe(1);
    expect(output.trim().split("\n")).toHaveLength(1);
    expect(output).toContain(`already runs on the data folder ${dataDir} (process ${studio.pid})`);
    expect(output).toContain(String(studio.port));
  });

  it("starts a killed worker, web server and database again, with all data", async () => {
    await query("CREATE TABLE IF NOT EXISTS survives AS SELECT 5 AS n");
    for (const role of ["worker", "web"]) {
      const pid = childPid(role);
      process.kill(pid, "SIGKILL");
      await until(() => childPid(role) !== pid && identifyProcess(childPid(role)) !== undefined);
    }
    const postmaster = Number(
      readFileSync(join(dataDir, "postgres/cluster/postmaster.pid"), "utf8").split("\n")[0],
    );
    process.kill(postmaster, "SIGKILL");
    await until(() => studio.output().includes("again, with all its data"));
    expect(await query("SELECT n FROM survives")).toEqual([{ n: 5 }]);
    await until(() => answers(studio.url));
  });

  it("cleans up after a supervisor that was killed, and loses nothing", async () => {
    const orphans = [childPid("web"), childPid("worker")];
    await studio.kill();
    const { port } = studio;
    studio = await startStudio({ dataDir, port });
    expect(orphans.map((pid) => identifyProcess(pid))).toEqual([undefined, undefined]);
    expect(await query("SELECT n FROM survives")).toEqual([{ n: 5 }]);
  });

  it("stops everything at the first Ctrl-C", async () => {
    const pids = [childPid("web"), childPid("worker")];
    expect(await studio.stop()).toBe(0);
    expect(pids.map((pid) => identifyProcess(pid))).toEqual([undefined, undefined]);
    expect(findEmbeddedUrl(dataDir)).toBeUndefined();
    expect(readdirSync(join(dataDir, "run"))).toEqual([]);
    expect(readFileSync(join(dataDir, "logs/pentimento.log"), "utf8")).toMatch(/studio {2}stopped\n$/);
    studio = await startStudio({ dataDir, port: studio.port });
  });
});

describe("a start that cannot work says why in one sentence", () => {
  it("port taken", async () => {
    const squatter = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => squatter.once("listening", listening));
    const { port } = squatter.address() as { port: number };
    const folder = mkdtempSync(join(tmpdir(), "pentimento-start-"));
    try {
      const { code, output } = await refusedStart({ dataDir: folder, port });
      expect(code).toBe(1);
      expect(output).toContain(`Port ${port} is taken by another program`);
      expect(output).not.toContain("    at ");
    } finally {
      squatter.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each([
    [{ PORT: "80000" }, /The environment variable PORT must be a whole number from 1 to 65535\./],
    [{ DATABASE_URL: "mysql://x" }, /The environment variable DATABASE_URL must look like postgresql:/],
    [{ DATABASE_URL: "postgresql://u:p@127.0.0.1:1/x" }, /No PostgreSQL answers at 127\.0\.0\.1:1/],
    [{ HOST: "203.0.113.7" }, /This machine has no address 203\.0\.113\.7/],
    [{ PENTIMENTO_DATA_DIR: "/proc/nowhere" }, /The data folder \/proc\/nowhere cannot be (written|made)/],
  ])("%j", async (environment, sentence) => {
    const folder = mkdtempSync(join(tmpdir(), "pentimento-start-"));
    try {
      const { code, output } = await refusedStart({
        dataDir: folder,
        port: await findFreePort(),
        environment,
      });
      expect(code).toBe(1);
      expect(output).toMatch(sentence);
      expect(output).not.toContain("    at ");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("a Node that is too old", () => {
    // The check itself, run by this Node under an old one's name.
    const script = `Object.defineProperty(process, "versions", { value: { node: "18.20.0" } });
      Object.defineProperty(process, "version", { value: "v18.20.0" });
      await import("./scripts/start.mjs");`;
    const run = () =>
      execFileSync(process.execPath, ["--input-type=module", "-e", script], { stdio: "pipe" });
    expect(run).toThrow(/needs Node 20\.19 or newer, and this is v18\.20\.0: install a newer Node\./);
  });
});

it("uses the PostgreSQL named by DATABASE_URL and starts none of its own", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pentimento-start-"));
  const databaseUrl = new URL(findEmbeddedUrl(dataDir)!);
  await query("CREATE DATABASE external");
  databaseUrl.pathname = "/external";
  const other = await startStudio({ dataDir: folder, environment: { DATABASE_URL: databaseUrl.href } });
  try {
    expect(readdirSync(folder)).not.toContain("postgres");
    const client = new pg.Client({ connectionString: databaseUrl.href });
    await client.connect();
    expect((await client.query("SELECT count(*)::int AS n FROM projects")).rows[0]?.n).toBeGreaterThanOrEqual(
      0,
    );
    await client.end();
  } finally {
    await other.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
