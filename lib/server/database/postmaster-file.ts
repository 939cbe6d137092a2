import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  commandLine,
  endProcess,
  identifyProcess,
  type ProcessIdentity,
} from "@/lib/server/processes/process-identity";

/** A server that runs on a cluster now, as its `postmaster.pid` tells. */
export interface RunningPostmaster {
  identity: ProcessIdentity;
  port: number;
}

/** The server that runs on this cluster, or undefined. A file left by a dead server counts as none. */
export function findPostmaster(cluster: string): RunningPostmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const identity = identifyProcess(Number(lines[0]));
  // After a reboot or in a new container, the number may be another program's.
  if (!identity || !commandLine(identity.pid).includes(cluster)) return undefined;
  return { identity, port: Number(lines[3]) };
}

/**
 * Stops a server left behind by a launcher that died, and removes the file of a dead one: PostgreSQL would
 * refuse to start if the number in it now belonged to somebody else, or to a zombie nobody collects.
 * Resolves true when a server had to be stopped.
 */
export async function clearPostmaster(cluster: string): Promise<boolean> {
  const running = findPostmaster(cluster);
  // SIGINT is PostgreSQL's "fast" shutdown: sessions are ended, everything committed is written.
  if (running) await endProcess(running.identity, "SIGINT", 20_000);
  rmSync(join(cluster, "postmaster.pid"), { force: true });
  return running !== undefined;
}
