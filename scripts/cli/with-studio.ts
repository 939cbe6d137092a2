import { readConfig } from "@/lib/server/config";
import type { Context } from "@/lib/server/context";
import { openDatabase } from "@/lib/server/database/open-database";
import { type OpenStudio, openStudio } from "@/lib/server/open-studio";
import { type RunningWorker, startWorker } from "@/workers/worker";

const lookMs = 5_000;

/** Time after which a worker that has not reported counts as gone. */
const workerSilenceMs = 15_000;

/**
 * Runs a command on the installation's database: that of the running studio, or one started for the command.
 * @param options.work the command waits for jobs: without a living worker one runs inside this process
 */
export async function withStudio<T>(
  purpose: string,
  { work }: { work: boolean },
  command: (context: Context) => Promise<T>,
): Promise<T> {
  const config = readConfig();
  const database = await openDatabase(config, `pentimento ${purpose}`);
  try {
    const studio = await openStudio(config, database.url, { name: `pentimento ${purpose}`, work });
    try {
      const worker = work ? await ensureWorker(studio) : undefined;
      try {
        return await command({ studio, caller: studio.owner });
      } finally {
        await worker?.stop();
      }
    } finally {
      await studio.close();
    }
  } finally {
    await database.close();
  }
}

/** Runs a worker inside this process from the moment that no other one reports, now or while the command waits. */
async function ensureWorker(studio: OpenStudio): Promise<RunningWorker> {
  let own: Promise<RunningWorker> | undefined;
  const look = async () => {
    if (own) return;
    const since = new Date(Date.now() - workerSilenceMs);
    if ((await studio.db.worker.count({ where: { seenAt: { gt: since } } })) === 0) own = startWorker(studio);
    await own;
  };
  await look();
  const timer = setInterval(() => void look().catch(() => {}), lookMs);
  return {
    async stop() {
      clearInterval(timer);
      await (await own)?.stop();
    },
  };
}
