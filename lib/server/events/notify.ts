import type { LiveEvent } from "@/lib/api/events";
import type { Transaction } from "../database/client";

export const eventChannel = "pentimento_events";

/** Tells every open browser and command line that something changed; sent when the transaction commits. */
export async function notify(tx: Transaction, event: LiveEvent): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${eventChannel}, ${JSON.stringify(event)})`;
}
