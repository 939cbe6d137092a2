import { openDoor } from "@/lib/server/interactive/open-door";
import type { OpenStudio } from "@/lib/server/open-studio";
import {
  deadLetterQueue,
  heartbeatSeconds,
  type JobName,
  type JobPayload,
  jobNames,
  jobSchemas,
} from "@/lib/server/queue/contracts";
import { answerQuestions } from "./answer-questions";
import { createEngines } from "./engines";
import { createHandlers, type JobHandler } from "./handlers";
import { startHeartbeat } from "./heartbeat";

export interface RunningWorker {
  /** Finishes or hands back the work in hand, then returns. */
  stop(): Promise<void>;
}

const options = { batchSize: 1, includeMetadata: true } as const;
/** Seconds. A job that waits for its next attempt is announced by nobody, so the queues are looked at as well. */
const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 } as const;

/** Pulls jobs, calls the service that does each, and lets the queue repeat what failed. */
export async function startWorker(studio: OpenStudio): Promise<RunningWorker> {
  const engines = createEngines(studio.packsDir);
  const handlers = createHandlers(studio, engines);
  const door = await openDoor(answerQuestions(studio, engines.interactiveFor));
  const heartbeat = startHeartbeat(studio, door);
  const stopping = new AbortController();

  const listen = async <N extends JobName>(name: N, handler: JobHandler<N>) => {
    const read = (data: unknown) => jobSchemas[name].parse(data) as JobPayload<N>;
    const workerId = await studio.boss.work(
      name,
      { ...options, ...polling, heartbeatRefreshSeconds: heartbeatSeconds / 3 },
      async ([job]) => {
        if (!job) return;
        const payload = read(job.data);
        const idle = heartbeat.busy(handler.activity);
        try {
          await handler.run(payload, {
            signal: AbortSignal.any([job.signal, stopping.signal]),
            lastAttempt: job.retryCount >= job.retryLimit,
          });
        } catch (error) {
          if (!stopping.signal.aborted) {
            console.error(`${name} failed (attempt ${job.retryCount + 1}): ${(error as Error).stack}`);
            throw error;
          }
        } finally {
          idle();
          // One NOTIFY may stand for many jobs: look for the next one now, not after the poll interval.
          studio.boss.notifyWorker(workerId);
        }
        // Handed back as a new job, so that stopping spends none of the attempts and loses no wake-up call.
        if (stopping.signal.aborted) {
          await studio.queue.send(studio.db, name, payload);
        }
      },
    );
    await studio.boss.work(deadLetterQueue(name), options, async ([job]) => {
      if (job) await handler.giveUp(read(job.data));
    });
  };
  for (const name of jobNames) await listen(name, handlers[name] as JobHandler<JobName>);

  return {
    async stop() {
      stopping.abort();
      await studio.boss.stop({ graceful: true, timeout: 20_000 });
      await heartbeat.stop();
      await door.close();
      await engines.close();
    },
  };
}
