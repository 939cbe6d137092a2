import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import type { PackManifest } from "./manifest";

/** One thing that was checked, in plain words. */
export interface PackCheck {
  /** File, graph or role. */
  readonly subject: string;
  readonly level: "ok" | "warning" | "error";
  readonly message: string;
}

/** Checks that every file of the manifest is there, whole and unchanged, and that nothing else lies beside them. */
export async function checkFiles(directory: string, manifest: PackManifest): Promise<PackCheck[]> {
  const checks: PackCheck[] = [];
  for (const [file, expected] of Object.entries(manifest.files)) {
    checks.push(await checkFile(join(directory, file), file, expected));
  }
  const present = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of present) {
    const file = relative(directory, join(entry.parentPath, entry.name));
    if (entry.isFile() && file !== "pack.json" && !manifest.files[file]) {
      checks.push({ subject: file, level: "warning", message: "is not listed in pack.json and is ignored" });
    }
  }
  return checks;
}

async function checkFile(
  path: string,
  file: string,
  expected: { sha256: string; bytes: number },
): Promise<PackCheck> {
  const error = (message: string): PackCheck => ({ subject: file, level: "error", message });
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return error("is missing: copy it into the pack, or export the pack again");
  if (found.size < expected.bytes) {
    const pointer = found.size < 200 ? " (it may be a Git LFS pointer: run `git lfs pull`)" : "";
    return error(`is cut short: ${found.size} of ${expected.bytes} bytes${pointer}`);
  }
  if (found.size > expected.bytes)
    return error(`is too long: ${found.size} bytes instead of ${expected.bytes}`);
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  if (hash.digest("hex") !== expected.sha256)
    return error("has changed: its SHA-256 is not the one in pack.json");
  return { subject: file, level: "ok", message: `${expected.bytes} bytes, hash as listed` };
}
