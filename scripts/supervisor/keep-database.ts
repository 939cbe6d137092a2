import { startEmbedded } from "@/lib/server/database/embedded";
import type { Log } from "./log";

export interface KeptDatabase {
  url(): string;
  stop(): Promise<void>;
}

/**
 * Runs the embedded PostgreSQL and starts it again when it ends by itself.
 * @param onMoved called when it came back under another address
 */
export async function keepDatabase(dataDir: string, log: Log, onMoved: () => void): Promise<KeptDatabase> {
  let server = await startEmbedded(dataDir);
  let stopping = false;
  if (server.replacedOrphan) log.say("db", "stopped the server an earlier start had left behind");
  log.say("db", `PostgreSQL on 127.0.0.1:${server.port}`);

  async function watch(): Promise<void> {
    await server.exited;
    while (!stopping) {
      log.complain("db", "PostgreSQL ended; starting it again");
      const before = server.url;
      try {
        server = await startEmbedded(dataDir);
      } catch (error) {
        log.complain("db", (error as Error).message);
        await new Promise((done) => setTimeout(done, 5_000));
        continue;
      }
      log.say("db", `PostgreSQL on 127.0.0.1:${server.port} again, with all its data`);
      if (server.url !== before) onMoved();
      await server.exited;
    }
  }
  void watch();

  return {
    url: () => server.url,
    async stop() {
      stopping = true;
      await server.stop();
    },
  };
}
