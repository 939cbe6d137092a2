import { type ChildProcess, spawn } from "node:child_process";
import { endProcess, identifyProcess } from "@/lib/server/processes/process-identity";
import { forgetPid, notePid } from "./leftovers";
import type { Log, Source } from "./log";

/** A child that ends with this code wants to be replaced at once: a worker does, to give memory back. */
export const RECYCLE_EXIT_CODE = 75;

export interface ChildPlan {
  role: Source;
  dataDir: string;
  /** Arguments of this Node: the program and its own. */
  args: string[];
  /** Asked at every start, since addresses may have changed. */
  environment(): NodeJS.ProcessEnv;
  /** How long it may take to finish what it is at after SIGTERM. */
  patienceMs: number;
  log: Log;
  /** Called each time it ends without having been told to. */
  onCrash?(times: number): void;
}

export interface KeptChild {
  /** Replaces the process: it may finish what it is at, then a new one starts. */
  recycle(): void;
  /** Ends it for good. `patienceMs` overrides the plan's. */
  stop(patienceMs?: number): Promise<void>;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A child that lived this long has not "crashed again": the pauses begin anew. */
const STABLE_MS = 60_000;

/** Starts a child and starts it again whenever it ends, after a pause that doubles with every quick crash. */
export function keepRunning(plan: ChildPlan): KeptChild {
  let child: ChildProcess;
  let wanted = true;
  let replacing = false;
  let crashes = 0;
  let pause: NodeJS.Timeout | undefined;
  let ended: Promise<void> = Promise.resolve();

  function start(): void {
    const began = Date.now();
    child = spawn(process.execPath, plan.args, {
      env: { ...plan.environment(), PENTIMENTO_SUPERVISOR_PID: String(process.pid) },
      // In a group of its own: Ctrl-C in the terminal reaches the supervisor, which ends children in order.
      detached: process.platform !== "win32",
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    if (child.pid) notePid(plan.dataDir, plan.role, child.pid);
    plan.log.follow(plan.role, child.stdout!, "out");
    plan.log.follow(plan.role, child.stderr!, "err");
    ended = new Promise((resolve) => {
      child.once("error", (error) => plan.log.complain(plan.role, `cannot be started: ${error.message}`));
      child.once("exit", (code, signal) => {
        resolve();
        if (wanted) startAgain(code, signal, Date.now() - began);
      });
    });
  }

  function startAgain(code: number | null, signal: NodeJS.Signals | null, livedMs: number): void {
    if (replacing || code === RECYCLE_EXIT_CODE) {
      replacing = false;
      plan.log.say(plan.role, "replaced");
      start();
      return;
    }
    crashes = livedMs > STABLE_MS ? 1 : crashes + 1;
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (crashes - 1), LONGEST_PAUSE_MS);
    plan.log.complain(
      plan.role,
      `ended ${signal ? `by ${signal}` : `with code ${code}`}; starts again in ${pauseMs / 1000} s`,
    );
    pause = setTimeout(start, pauseMs);
    plan.onCrash?.(crashes);
  }

  async function end(patienceMs: number): Promise<void> {
    const identity = child.pid ? identifyProcess(child.pid) : undefined;
    if (!identity) return;
    await endProcess(identity, "SIGTERM", patienceMs);
    await ended;
  }

  start();
  return {
    recycle() {
      // A child between two lives starts afresh anyway.
      if (!wanted || !child.pid || !identifyProcess(child.pid)) return;
      replacing = true;
      void end(plan.patienceMs);
    },
    async stop(patienceMs = plan.patienceMs) {
      wanted = false;
      clearTimeout(pause);
      await end(patienceMs);
      forgetPid(plan.dataDir, plan.role);
    },
  };
}
