import { PgBoss } from "pg-boss";
import { UserError } from "@/lib/domain/errors";
import type { Config } from "./config";
import type { Caller, Studio } from "./context";
import { createDatabase } from "./database/client";
import { localObjectStore } from "./object-store";
import { defaultCaller } from "./project/default-project";
import { createQueue, createQueues } from "./queue/queue";

export interface OpenStudio extends Studio {
  boss: PgBoss;
  /** The installation's owner: whoever can reach the studio on this machine. */
  owner: Caller;
  close(): Promise<void>;
}

export interface OpenStudioOptions {
  /** Shown in the database's list of connections. */
  name: string;
  /** Workers maintain the queue and fetch from it; others only send. */
  work?: boolean;
  connections?: number;
}

/** Connects to the database and the image store of an installation whose migrations are applied. */
export async function openStudio(
  config: Pick<Config, "dataDir" | "packsDir" | "objectStoreUrl"> & Partial<Pick<Config, "endpoints">>,
  databaseUrl: string,
  { name, work = false, connections = 8 }: OpenStudioOptions,
): Promise<OpenStudio> {
  if (config.objectStoreUrl) {
    throw new UserError(
      "unavailable",
      "OBJECT_STORE_URL is set, but images can be kept on this machine's disk only so far; unset it.",
      "OBJECT_STORE_URL",
    );
  }
  const db = createDatabase(databaseUrl, { connections, applicationName: name });
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: `${name} queue`,
    max: work ? 4 : 1,
    supervise: work,
    schedule: false,
    useListenNotify: work,
    instanceName: name,
  });
  // Broken connections are retried by the library; without a listener they would end the process.
  boss.on("error", (error) => console.error(`The job queue reports: ${error.message}`));
  await boss.start();
  await createQueues(boss);
  const owner = await defaultCaller(db);
  return {
    db,
    boss,
    queue: createQueue(boss),
    store: localObjectStore(config.dataDir),
    dataDir: config.dataDir,
    packsDir: config.packsDir,
    endpoints: config.endpoints ?? {},
    owner,
    async close() {
      await boss.stop({ graceful: work, timeout: 30_000 });
      await db.$disconnect();
    },
  };
}
