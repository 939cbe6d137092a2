import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "@/lib/server/generated/prisma/client";

export { Prisma };
export type Database = PrismaClient;
/** What a function needs that may run inside a transaction or outside of one. */
export type Transaction = Prisma.TransactionClient;

export interface DatabaseOptions {
  /** Most connections this process holds at once. */
  connections?: number;
  /** Shown in `pg_stat_activity`. */
  applicationName?: string;
}

/**
 * A Prisma client on its own connection pool. It connects with the first query; `$disconnect()` ends the pool.
 * @param databaseUrl `postgresql://user:password@host:port/database`
 */
export function createDatabase(databaseUrl: string, options: DatabaseOptions = {}): Database {
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl,
      max: options.connections ?? 10,
      application_name: options.applicationName ?? "pentimento",
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
    },
    // The pool drops a connection that broke while idle and opens another; nothing is lost.
    { onPoolError: () => {}, onConnectionError: () => {} },
  );
  return new PrismaClient({ adapter });
}

/** PostgreSQL's serialization failure and deadlock, as Prisma reports them. */
const RETRYABLE = "P2034";

/**
 * Runs `work` in one transaction. When the database had to break a deadlock, `work` runs again, so it must do
 * nothing outside of the database.
 */
export async function inTransaction<T>(
  database: Database,
  work: (tx: Transaction) => Promise<T>,
  { attempts = 3, timeoutMs = 15_000 } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.$transaction(work, { maxWait: 10_000, timeout: timeoutMs });
    } catch (error) {
      const retryable = error instanceof Prisma.PrismaClientKnownRequestError && error.code === RETRYABLE;
      if (!retryable || attempt >= attempts) throw error;
    }
  }
}
