import { UserError } from "@/lib/domain/errors";

/**
 * Turns what initdb or postgres printed before they gave up into one sentence.
 * @param output what the program wrote
 * @param folder the folder of the embedded server, for the sentence
 */
export function explainPostgresFailure(output: string, folder: string): UserError {
  const say = (message: string) => new UserError("unavailable", message, folder);
  if (/no space left on device|disk quota exceeded/i.test(output)) {
    return say(`The disk that holds ${folder} is full: free some space and start again.`);
  }
  if (/read-only file system/i.test(output)) {
    return say(
      `The disk that holds ${folder} is read-only: name a writable folder with PENTIMENTO_DATA_DIR.`,
    );
  }
  if (/permission denied|operation not permitted|has wrong ownership|invalid permissions/i.test(output)) {
    return say(
      `PostgreSQL may not use ${folder} as this user: start as the user who owns it, or name another folder with PENTIMENTO_DATA_DIR.`,
    );
  }
  const nameless = /effective user ID (\d+): user does not exist/.exec(output);
  if (nameless) {
    return say(
      `PostgreSQL needs a user with a name, and user ${nameless[1]} has none on this machine: add it to /etc/passwd, or set DATABASE_URL to a PostgreSQL server of your own.`,
    );
  }
  const missing = /error while loading shared libraries: (\S+?):/.exec(output);
  if (missing) {
    return say(
      `The bundled PostgreSQL needs the system library ${missing[1]}: install it, or set DATABASE_URL to a PostgreSQL server of your own.`,
    );
  }
  const lines = output.trim().split("\n");
  const reason = lines.findLast((line) => /\b(FATAL|PANIC|error):/i.test(line)) ?? lines.at(-1);
  return say(`The embedded PostgreSQL in ${folder} did not start: ${reason?.trim() || "it gave no reason"}.`);
}

/** The same for failures of the file system itself, before PostgreSQL is asked. */
export function explainFileFailure(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const texts: Record<string, string> = {
    ENOSPC: "no space left on device",
    EDQUOT: "disk quota exceeded",
    EROFS: "read-only file system",
    EACCES: "permission denied",
    EPERM: "operation not permitted",
  };
  const text = texts[code];
  return text ? explainPostgresFailure(text, folder) : error;
}
