import type { ImportView } from "@/lib/api/contract/anchors";
import type { Prisma } from "../database/client";

type ImportRow = Prisma.ImportGetPayload<object>;

export function presentImport(row: ImportRow): ImportView {
  const { id, source, state, added, duplicates, refused, message, createdAt, finishedAt } = row;
  return { id, source, state, added, duplicates, refused, message, createdAt, finishedAt };
}
