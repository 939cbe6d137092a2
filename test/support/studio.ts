import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "@/lib/server/processes/free-port";

export interface StudioOptions {
  /** Default: a new folder that `stop()` removes. */
  dataDir?: string;
  port?: number;
  environment?: Record<string, string>;
}

export interface Studio {
  /** Where it answers, without a slash at the end. */
  url: string;
  dataDir: string;
  port: number;
  /** Process id of the supervisor. */
  pid: number;
  /** Everything it has printed so far. */
  output(): string;
  /** What Ctrl-C does. Resolves with the exit code, after the data folder is removed if it was made here. */
  stop(): Promise<number | null>;
  /** kill -9 of the supervisor alone; its data stays. */
  kill(): Promise<void>;
}

/** Starts `npm start`'s process on a free port and a data folder of its own, and waits until it is ready. */
export async function startStudio(options: StudioOptions = {}): Promise<Studio> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "pentimento-studio-"));
  const port = options.port ?? (await findFreePort());
  const { child, output } = spawnStart({ dataDir, port, environment: options.environment });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  while (!output().includes("Pentimento is ready")) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The studio ended before it was ready:\n${output()}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    port,
    pid: child.pid!,
    output,
    async stop() {
      child.kill("SIGINT");
      const code = await exited;
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Runs a start that is expected to refuse, and returns what it said and its exit code. */
export async function refusedStart(
  options: Required<Pick<StudioOptions, "dataDir" | "port">> & StudioOptions,
) {
  const { child, output } = spawnStart(options);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output: output() };
}

/** A test that ends in the middle of a start must not leave a studio behind. */
const children = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of children) child.kill("SIGTERM");
});

function spawnStart(options: { dataDir: string; port: number; environment?: Record<string, string> }): {
  child: ChildProcess;
  output(): string;
} {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      PENTIMENTO_DATA_DIR: options.dataDir,
      PORT: String(options.port),
      ...options.environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return { child, output: () => text };
}
