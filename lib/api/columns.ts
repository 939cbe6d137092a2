import { type Columns, decodeColumns } from "@/lib/domain/calibration/what-if/table-codec";

/** Fetches a block of columns, such as `/api/calibration/candidates`. Fails with the server's sentence. */
export async function fetchColumns(path: string): Promise<Columns> {
  const response = await fetch(path);
  if (!response.ok) {
    const problem = (await response.json().catch(() => null)) as { message?: string } | null;
    throw new Error(problem?.message ?? `The studio answered with status ${response.status}.`);
  }
  return decodeColumns(await response.arrayBuffer());
}
