import { fromPrisma, type PgBoss } from "pg-boss";
import type { Transaction } from "../database/client";
import {
  deadLetterQueue,
  heartbeatSeconds,
  type JobName,
  type JobPayload,
  jobNames,
  jobOptions,
  jobSchemas,
} from "./contracts";

/** Jobs that travel to the database in one statement. */
const jobsPerInsert = 5000;

/** The job queue, on the same database as everything else, so that a job and the rows it is about commit together. */
export interface Queue {
  /** @param options.startAfter not before then */
  send<N extends JobName>(
    tx: Transaction,
    name: N,
    payload: JobPayload<N>,
    options?: { startAfter?: Date },
  ): Promise<void>;
  sendAll<N extends JobName>(tx: Transaction, name: N, payloads: readonly JobPayload<N>[]): Promise<void>;
}

/** Makes the queues where they are missing. Safe to run in several processes. */
export async function createQueues(boss: PgBoss): Promise<void> {
  for (const name of jobNames) {
    const options = {
      ...jobOptions[name],
      retryBackoff: true,
      retryDelay: 2,
      heartbeatSeconds,
      retentionSeconds: 30 * 86_400,
      deleteAfterSeconds: 86_400,
      notify: true,
    };
    await boss.createQueue(deadLetterQueue(name), { retentionSeconds: 30 * 86_400 });
    await boss.createQueue(name, { ...options, deadLetter: deadLetterQueue(name) });
    await boss.updateQueue(name, { ...options, deadLetter: deadLetterQueue(name) });
  }
}

export function createQueue(boss: PgBoss): Queue {
  return {
    async send(tx, name, payload, { startAfter } = {}) {
      const job = { data: jobSchemas[name].parse(payload), ...(startAfter && { startAfter }) };
      await boss.insert(name, [job], { db: fromPrisma(tx) });
    },
    async sendAll(tx, name, payloads) {
      for (let from = 0; from < payloads.length; from += jobsPerInsert) {
        const jobs = payloads
          .slice(from, from + jobsPerInsert)
          .map((payload) => ({ data: jobSchemas[name].parse(payload) }));
        await boss.insert(name, jobs, { db: fromPrisma(tx) });
      }
    },
  };
}
