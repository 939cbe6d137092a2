import { type Ability, type Role, roleMay } from "@/lib/domain/abilities";
import { UserError } from "@/lib/domain/errors";
import type { Endpoints } from "./config";
import type { Database } from "./database/client";
import type { ObjectStore } from "./object-store";
import type { Queue } from "./queue/queue";

/** What every service works with: opened once in a process by `openStudio`. */
export interface Studio {
  db: Database;
  queue: Queue;
  store: ObjectStore;
  /** Absolute path of the folder that holds everything durable outside the database. */
  dataDir: string;
  /** Absolute path of the folder whose subfolders are model packs. */
  packsDir: string;
  /** OpenAI-compatible servers that this installation may use. */
  endpoints: Endpoints;
}

/** Who asks. */
export interface Caller {
  projectId: string;
  memberId: string;
  name: string;
  role: Role;
  /** The browser session, where there is one. */
  sessionId?: string;
}

export interface Context {
  studio: Studio;
  caller: Caller;
  /** Whether the studio lets nobody in without signing in; known for requests. */
  signInRequired?: boolean;
}

export function mayDo({ caller }: Context, ability: Ability): boolean {
  return roleMay(caller.role, ability);
}

/** The first line of every service: throws `forbidden` unless the caller may do such a thing. */
export function requireAbility({ caller }: Context, ability: Ability): void {
  if (!roleMay(caller.role, ability)) {
    throw new UserError(
      "forbidden",
      `Your role (${caller.role}) does not let you ${ability} in this project.`,
    );
  }
}
