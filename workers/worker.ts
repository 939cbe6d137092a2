import type { OpenStudio } from "@/lib/server/open-studio";
import {
  deadLetterQueue,
  heartbeatSeconds,
  type JobName,
  jobNames,
  jobSchemas,
} from "@/lib/server/queue/contracts";
import { createEngines } from "./engines";
import { createHandlers, type JobHandler } from "./handlers";
import { startHeartbeat } from "./heartbeat";

export interface RunningWorker {
  /** Finishes or hands back the work in hand, then returns. */
  stop(): Promise<void>;
}

/** Pulls jobs, calls the service that does each, and lets the queue repeat what failed. */
export async function startWorker(studio: OpenStudio): Promise<RunningWorker> {
  const engines = createEngines(studio.packsDir);
  const handlers = createHandlers(studio, engines);
  const heartbeat = startHeartbeat(studio);
  const stopping = new AbortController();

  const listen = async <N extends JobName>(name: N, handler: JobHandler<N>) => {
    const schema = jobSchemas[name];
    const options = { batchSize: 1, includeMetadata: true, pollingIntervalSeconds: 2 } as const;
    await studio.boss.work(
      name,
      { ...options, heartbeatRefreshSeconds: heartbeatSeconds / 3 },
      async ([job]) => {
        if (!job) return;
        const idle = heartbeat.busy(handler.activity);
        try {
          await handler.run(schema.parse(job.data) as Parameters<typeof handler.run>[0], {
            signal: AbortSignal.any([job.signal, stopping.signal]),
            lastAttempt: job.retryCount >= job.retryLimit,
          });
        } catch (error) {
          console.error(`${name} failed (attempt ${job.retryCount + 1}): ${(error as Error).stack}`);
          throw error;
        } finally {
          idle();
        }
      },
    );
    await studio.boss.work(deadLetterQueue(name), options, async ([job]) => {
      if (job) await handler.giveUp(schema.parse(job.data) as Parameters<typeof handler.run>[0]);
    });
  };
  for (const name of jobNames) await listen(name, handlers[name] as JobHandler<JobName>);

  return {
    async stop() {
      stopping.abort();
      await studio.boss.stop({ graceful: true, timeout: 20_000 });
      await heartbeat.stop();
      await engines.close();
    },
  };
}
