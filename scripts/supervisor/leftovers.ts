import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { endProcess, identifyProcess, isSameProcessAlive } from "@/lib/server/processes/process-identity";

const identitySchema = z.object({ pid: z.number(), started: z.string() });

/** Notes which process fills a role, for the next start to find should this one be killed. */
export function notePid(dataDir: string, role: string, pid: number): void {
  const identity = identifyProcess(pid);
  if (!identity) return;
  mkdirSync(join(dataDir, "run"), { recursive: true });
  const file = join(dataDir, "run", `${role}.json`);
  // Moved into place, so that a reader finds a whole note or none.
  writeFileSync(`${file}.new`, JSON.stringify(identity));
  renameSync(`${file}.new`, file);
}

export function forgetPid(dataDir: string, role: string): void {
  rmSync(join(dataDir, "run", `${role}.json`), { force: true });
}

/** Stops children that outlived a killed supervisor and returns their roles. */
export async function stopLeftovers(dataDir: string, patienceMs = 5_000): Promise<string[]> {
  let names: string[];
  try {
    names = readdirSync(join(dataDir, "run")).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
  const stopped = await Promise.all(
    names.map(async (name) => {
      const role = name.replace(/\.json$/, "");
      const identity = readIdentity(join(dataDir, "run", name));
      const alive = identity !== undefined && isSameProcessAlive(identity);
      if (alive) await endProcess(identity, "SIGTERM", patienceMs);
      forgetPid(dataDir, role);
      return alive ? role : undefined;
    }),
  );
  return stopped.filter((role) => role !== undefined);
}

function readIdentity(file: string): z.infer<typeof identitySchema> | undefined {
  try {
    return identitySchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Cut short by the same crash: nothing to recognise a process by.
    return undefined;
  }
}
