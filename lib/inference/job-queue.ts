import { setImmediate } from "node:timers/promises";
import type { Priority } from "./types";

type Job = () => Promise<void>;

export interface JobQueue {
  /** Adds a job; jobs never reject. */
  add(priority: Priority, job: Job): void;
  /** Runs the interactive jobs that came in; a long batch job awaits this between its model runs. */
  letInteractiveIn(): Promise<void>;
  readonly waiting: number;
}

/** Runs one job at a time, interactive ones first, and lets interactive ones into a running batch job. */
export function createJobQueue(): JobQueue {
  const interactive: Job[] = [];
  const batch: Job[] = [];
  let running = false;
  let interrupting = false;

  const runAll = async () => {
    running = true;
    for (;;) {
      // A model run blocks the thread, so messages that came meanwhile are read only now.
      await setImmediate();
      const job = interactive.shift() ?? batch.shift();
      if (!job) break;
      await job();
    }
    running = false;
  };

  return {
    add(priority, job) {
      (priority === "interactive" ? interactive : batch).push(job);
      if (!running) void runAll();
    },
    async letInteractiveIn() {
      if (interrupting) return;
      interrupting = true;
      await setImmediate();
      for (let job = interactive.shift(); job; job = interactive.shift()) await job();
      interrupting = false;
    },
    get waiting() {
      return interactive.length + batch.length;
    },
  };
}
