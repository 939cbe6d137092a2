import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * A process as it can be recognised later: operating systems hand out the same id again, but not with the same
 * start time.
 */
export interface ProcessIdentity {
  pid: number;
  /** Opaque text that differs between two processes that had the same id; empty where the system cannot say. */
  started: string;
}

/** Identity of a living process, or undefined when there is none with this id (a zombie counts as none). */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (process.platform === "linux") {
    try {
      // The command name in brackets may hold spaces; the fields after it do not. 3 = state, 22 = start time.
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      if (fields[0] === "Z" || fields[0] === "X") return undefined;
      return { pid, started: fields[19] ?? "" };
    } catch {
      return undefined;
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  return { pid, started: process.platform === "win32" ? "" : describe(pid, "lstart") };
}

/** True while the very process that was identified is still there. */
export function isSameProcessAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.started === identity.started;
}

/** The command line of a process, or an empty text. */
export function commandLine(pid: number): string {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    } catch {
      return "";
    }
  }
  return describe(pid, "command");
}

/**
 * Ends a process: `signal` first, then SIGKILL when it is still there after `patienceMs`. Resolves when it is gone.
 */
export async function endProcess(
  identity: ProcessIdentity,
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  send(identity, signal);
  let killed = false;
  while (isSameProcessAlive(identity)) {
    if (!killed && Date.now() > deadline) {
      send(identity, "SIGKILL");
      killed = true;
    }
    if (Date.now() > deadline + 10_000) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function send(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isSameProcessAlive(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch {
    // Gone between the check and the signal, or not ours to end: the caller's wait tells.
  }
}

function describe(pid: number, column: "lstart" | "command"): string {
  try {
    return execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
