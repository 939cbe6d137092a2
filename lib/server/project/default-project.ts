import { readStarterSeeds } from "@/lib/instructions/starter-seeds";
import type { Caller } from "../context";
import { addToCounters } from "../counters";
import { type Database, inTransaction, type Transaction } from "../database/client";

/**
 * The project and the owner that every local installation has, made at the first start together with the
 * starter seeds. There is no login: the studio listens on this machine only, and whoever can reach it is the
 * owner.
 */
export async function defaultCaller(db: Database): Promise<Caller> {
  const existing = await findOwner(db);
  if (existing) return existing;
  const seeds = readStarterSeeds();
  const makeProject = async (tx: Transaction) => {
    // Web and worker may both be at their first start.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('pentimento default project'))`;
    if ((await tx.project.count()) > 0) return;
    const project = await tx.project.create({ data: { name: "My dataset" } });
    await tx.member.create({ data: { projectId: project.id, name: "Owner", role: "owner" } });
    await tx.seed.createMany({
      data: seeds.map((seed) => ({ projectId: project.id, starter: true, ...seed })),
    });
    await addToCounters(tx, project.id, { seeds: seeds.length });
  };
  // On a busy machine the other process may hold the lock for a while.
  await inTransaction(db, makeProject, { timeoutMs: 120_000 });
  const made = await findOwner(db);
  if (!made) throw new Error("The default project has no owner.");
  return made;
}

async function findOwner(db: Database): Promise<Caller | null> {
  const owner = await db.member.findFirst({ where: { role: "owner" }, orderBy: { id: "asc" } });
  return owner && { projectId: owner.projectId, memberId: owner.id, name: owner.name, role: owner.role };
}
