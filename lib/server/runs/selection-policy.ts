import type { Thresholds } from "@/lib/domain/run-config";
import type { Transaction } from "../database/client";

/** The newest version of the named policy if it has these thresholds, else a new version. */
export async function findOrCreatePolicy(
  tx: Transaction,
  projectId: string,
  name: string,
  thresholds: Thresholds,
) {
  const newest = await tx.selectionPolicy.findFirst({
    where: { projectId, name },
    orderBy: { version: "desc" },
  });
  if (newest && canonical(newest.thresholds) === canonical(thresholds)) return newest;
  return tx.selectionPolicy.create({
    data: { projectId, name, version: (newest?.version ?? 0) + 1, thresholds },
  });
}

/** JSON with sorted keys, since the database does not keep their order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
