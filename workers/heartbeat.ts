import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Studio } from "@/lib/server/context";
import { notify } from "@/lib/server/events/notify";

const intervalMs = 5_000;

export interface Heartbeat {
  /** Says what the worker does now; the returned function takes it back. */
  busy(activity: string): () => void;
  stop(): Promise<void>;
}

/** Reports every few seconds that this worker lives, what it does and how much memory it holds. */
export function startHeartbeat({ db }: Studio, door?: { url: string; token: string }): Heartbeat {
  const id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const activities: string[] = [];
  const beat = async () => {
    const row = {
      pid: process.pid,
      residentBytes: process.memoryUsage.rss(),
      activity: activities.at(-1) ?? "waiting",
      doorUrl: door?.url ?? null,
      doorToken: door?.token ?? null,
      seenAt: new Date(),
    };
    await db.worker.upsert({ where: { id }, create: { id, ...row }, update: row });
  };
  const quietly = () => beat().catch(() => {});
  const timer = setInterval(quietly, intervalMs);
  const announce = () => quietly().then(() => notify(db, { topic: "workers" }).catch(() => {}));
  void db.worker.deleteMany({ where: { seenAt: { lt: new Date(Date.now() - 86_400_000) } } }).catch(() => {});
  void announce();

  return {
    busy(activity) {
      activities.push(activity);
      void announce();
      return () => {
        activities.splice(activities.indexOf(activity), 1);
      };
    },
    async stop() {
      clearInterval(timer);
      await db.worker.deleteMany({ where: { id } }).catch(() => {});
    },
  };
}
