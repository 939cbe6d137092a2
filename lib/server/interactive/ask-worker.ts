import { hostname } from "node:os";
import { UserError } from "@/lib/domain/errors";
import type { Studio } from "../context";
import {
  doorRefusal,
  type Question,
  type QuestionAnswer,
  type QuestionArgs,
  questions,
} from "./door-protocol";

/** Time after which a worker that has not reported counts as gone. */
const silenceMs = 20_000;

/** The first question of a pack loads its models; later ones take a fraction of a second. */
const patienceMs = 60_000;

export const noWorker =
  "No worker is running on this machine, so there is nobody to ask. Start the studio with its worker (PENTIMENTO_WORKERS of 1 or more) and try again.";

interface LiveDoor {
  url: string;
  token: string;
}

/** Doors of the living workers of this machine, in an order that `key` decides. */
export async function liveDoors({ db }: Pick<Studio, "db">, key: string): Promise<LiveDoor[]> {
  const workers = await db.worker.findMany({
    where: {
      seenAt: { gt: new Date(Date.now() - silenceMs) },
      doorUrl: { not: null },
      // Doors open on the loopback address only.
      id: { startsWith: `${hostname()}-` },
    },
    orderBy: { id: "asc" },
  });
  const doors = workers.flatMap(({ doorUrl, doorToken }) =>
    doorUrl && doorToken ? [{ url: doorUrl, token: doorToken }] : [],
  );
  // The same image goes to the same worker, which remembers its embedding.
  const first = doors.length > 0 ? Number.parseInt(key.slice(0, 8), 16) % doors.length || 0 : 0;
  return [...doors.slice(first), ...doors.slice(0, first)];
}

/**
 * Asks a worker directly and waits for the answer; a worker that cannot be reached is passed over.
 * @param key questions with the same key go to the same worker as long as it lives
 * @throws UserError `unavailable` if no worker answers
 */
export async function askWorker<Q extends Question>(
  studio: Pick<Studio, "db">,
  question: Q,
  args: QuestionArgs<Q>,
  key: string,
): Promise<QuestionAnswer<Q>> {
  for (const door of await liveDoors(studio, key)) {
    const response = await knock(door, question, args);
    if (!response) continue;
    const body: unknown = await response.json();
    if (response.ok) return questions[question].answer.parse(body) as QuestionAnswer<Q>;
    const { message, code, subject } = doorRefusal.parse(body);
    if (code) throw new UserError(code, message, subject);
    throw new Error(`The worker failed to answer ${question}: ${message}`);
  }
  throw new UserError("unavailable", noWorker, "worker");
}

async function knock(door: LiveDoor, question: Question, args: unknown): Promise<Response | null> {
  try {
    return await fetch(`${door.url}/${question}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${door.token}` },
      body: JSON.stringify(args),
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (error) {
    if ((error as Error).name === "TimeoutError") {
      throw new UserError("unavailable", "The worker did not answer within a minute; try again.", "worker");
    }
    return null;
  }
}
