import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { UserError } from "@/lib/domain/errors";

const STAMP = "lib/server/generated/schema.sha256";

/** Generates the database client where the installation did not (no install scripts) or the schema has changed. */
export function prepareClient(): void {
  const schema = createHash("sha256").update(readFileSync("prisma/schema.prisma")).digest("hex");
  if (readStamp() === schema) return;
  const { status, stderr } = spawnSync(process.execPath, ["scripts/generate.mjs"], { encoding: "utf8" });
  if (status !== 0) throw new UserError("unavailable", stderr.trim());
}

function readStamp(): string | undefined {
  try {
    return readFileSync(STAMP, "utf8");
  } catch {
    return undefined;
  }
}
