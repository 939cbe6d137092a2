import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "@/lib/domain/errors";
import { makeFolder } from "./make-folder";
import { identifyProcess, isSameProcessAlive } from "./process-identity";

const holderSchema = z.object({
  pid: z.number(),
  started: z.string(),
  host: z.string(),
  /** What the holder is: "studio", or the name of a command. */
  purpose: z.string(),
  /** Where the holder's studio is reached, once it is. */
  url: z.string().optional(),
});
export type LockHolder = z.infer<typeof holderSchema>;

export interface DataLock {
  /** Tells others where the studio is reached. */
  announce(url: string): void;
  release(): void;
}

/**
 * Takes the data folder for this process until `release()`; the lock of a dead process does not count.
 * @throws UserError when a living process holds it, or the folder cannot be written
 */
export function lockDataDir(dataDir: string, purpose: string): DataLock {
  const file = join(dataDir, "lock.json");
  const me: LockHolder = { ...identifyProcess(process.pid)!, host: hostname(), purpose };
  try {
    makeFolder(dataDir);
    for (let attempt = 0; ; attempt++) {
      try {
        writeFileSync(file, JSON.stringify(me), { flag: "wx" });
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 3) throw error;
        const holder = findLockHolder(dataDir);
        if (holder) throw heldBy(holder, dataDir);
        // Moved first, so that of two starts that find the same dead lock only one removes it.
        renameSync(file, `${file}.${process.pid}`);
        rmSync(`${file}.${process.pid}`, { force: true });
      }
    }
  } catch (error) {
    throw explain(error, dataDir);
  }
  return {
    announce(url) {
      writeFileSync(`${file}.new`, JSON.stringify({ ...me, url }));
      renameSync(`${file}.new`, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** The living process that holds the data folder, or undefined. */
export function findLockHolder(dataDir: string): LockHolder | undefined {
  try {
    const holder = holderSchema.parse(JSON.parse(readFileSync(join(dataDir, "lock.json"), "utf8")));
    // Process numbers of another host or container say nothing here.
    return holder.host === hostname() && isSameProcessAlive(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function heldBy(holder: LockHolder, dataDir: string): UserError {
  const what =
    holder.purpose === "studio" ? "Pentimento already runs" : `\`pentimento ${holder.purpose}\` is at work`;
  const advice = holder.url ? `open ${holder.url}, or stop it first` : "wait for it, or stop it first";
  return new UserError(
    "conflict",
    `${what} on the data folder ${dataDir} (process ${holder.pid}): ${advice}.`,
    dataDir,
  );
}

function explain(error: unknown, dataDir: string): unknown {
  const reasons: Record<string, string> = {
    ENOSPC: "its disk is full: free some space",
    EDQUOT: "its disk quota is used up: free some space",
    EROFS: "its disk is read-only: name another folder with PENTIMENTO_DATA_DIR",
    EACCES: "this user may not: name another folder with PENTIMENTO_DATA_DIR",
    EPERM: "this user may not: name another folder with PENTIMENTO_DATA_DIR",
    ENOENT: "its disk does not take folders: name another folder with PENTIMENTO_DATA_DIR",
    ENOTDIR: "a part of the path is a file: name another folder with PENTIMENTO_DATA_DIR",
    EEXIST: "a file of that name is in the way: name another folder with PENTIMENTO_DATA_DIR",
  };
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ""];
  if (!reason) return error;
  return new UserError("unavailable", `The data folder ${dataDir} cannot be written; ${reason}.`, dataDir);
}
