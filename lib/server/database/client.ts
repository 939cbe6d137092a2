import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "../generated/prisma/client";

export { Prisma };
export type Database = PrismaClient;
/** A Prisma client inside a transaction; the plain client is one too. */
export type Transaction = Prisma.TransactionClient;

/** A pool of connections to PostgreSQL. Close with `$disconnect()`. */
export function createDatabase(url: string, { poolSize = 10 }: { poolSize?: number } = {}): Database {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: poolSize }) });
}
