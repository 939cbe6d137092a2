import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ExportView, ReleaseView } from "@/lib/api/contract/releases";
import type { Prisma } from "../database/client";
import { storedFilter } from "./release-filter";

export const releaseInclude = { exports: { orderBy: { id: "desc" } } } satisfies Prisma.ReleaseInclude;
type ReleaseRow = Prisma.ReleaseGetPayload<{ include: typeof releaseInclude }>;

export async function presentRelease(row: ReleaseRow): Promise<ReleaseView> {
  const { id, name, count, createdAt } = row;
  return {
    id,
    name,
    filter: storedFilter(row.filter),
    count,
    exports: await Promise.all(row.exports.map(presentExport)),
    createdAt,
  };
}

export async function presentExport(row: ReleaseRow["exports"][number]): Promise<ExportView> {
  const { id, format, state, path, written, message, createdAt, finishedAt } = row;
  return {
    id,
    // Only formats of the contract are ever written.
    format: format as ExportView["format"],
    state,
    path,
    written,
    bytes: Number(row.bytes),
    message,
    files: state === "succeeded" ? await listFiles(path) : [],
    createdAt,
    finishedAt,
  };
}

/** Files under an export's folder with their sizes; none if somebody removed it. Long lists are cut. */
async function listFiles(folder: string): Promise<ExportView["files"]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).slice(0, 500);
  return Promise.all(
    files.map(async (entry) => {
      const file = join(entry.parentPath, entry.name);
      const found = await stat(file).catch(() => null);
      return found && { path: file.slice(folder.length + 1), bytes: found.size };
    }),
  ).then((list) => list.filter((entry) => entry !== null).sort((a, b) => (a.path < b.path ? -1 : 1)));
}
