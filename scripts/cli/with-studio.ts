import { existsSync } from "node:fs";
import { readConfig } from "@/lib/server/config";
import type { Context } from "@/lib/server/context";
import { openDatabase } from "@/lib/server/database/open-database";
import { openStudio } from "@/lib/server/open-studio";
import { startWorker } from "@/workers/worker";

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
  if (existsSync(".env")) process.loadEnvFile(".env");
  const config = readConfig();
  const database = await openDatabase(config, `pentimento ${purpose}`);
  try {
    const studio = await openStudio(config, database.url, { name: `pentimento ${purpose}`, work });
    try {
      const alive = await studio.db.worker.count({
        where: { seenAt: { gt: new Date(Date.now() - workerSilenceMs) } },
      });
      const worker = work && alive === 0 ? await startWorker(studio) : undefined;
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
