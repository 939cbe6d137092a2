import { Client } from "pg";
import { type LiveEvent, liveEventSchema } from "@/lib/api/events";
import { eventChannel } from "./notify";

export interface EventSource {
  /** Calls back for every event until the returned function is called. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
  close(): Promise<void>;
}

/** One database connection that hears `NOTIFY` for the whole process; it reconnects by itself. */
export function listenForEvents(databaseUrl: string): EventSource {
  const listeners = new Set<(event: LiveEvent) => void>();
  let client: Client | undefined;
  let closed = false;
  let retryTimer: NodeJS.Timeout | undefined;

  const connect = async () => {
    client = new Client({ connectionString: databaseUrl, keepAlive: true });
    client.on("notification", ({ payload }) => {
      const event = parseEvent(payload);
      if (event) for (const listener of listeners) listener(event);
    });
    client.on("error", reconnectLater);
    client.on("end", reconnectLater);
    await client.connect();
    await client.query(`LISTEN ${eventChannel}`);
  };

  const reconnectLater = () => {
    if (closed || retryTimer) return;
    client?.removeAllListeners();
    client?.on("error", () => {});
    retryTimer = setTimeout(() => {
      retryTimer = undefined;
      connect().catch(reconnectLater);
    }, 1000);
  };

  connect().catch(reconnectLater);

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(retryTimer);
      await client?.end();
    },
  };
}

/** Anybody with access to the database can send on the channel; what is no event of ours is ignored. */
function parseEvent(payload: string | undefined): LiveEvent | undefined {
  try {
    return liveEventSchema.safeParse(JSON.parse(payload ?? "null")).data;
  } catch {
    return undefined;
  }
}
