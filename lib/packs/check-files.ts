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

/** What is wrong with a file by its size alone, which costs nothing to look at; null if nothing is. */
export async function sizeProblem(path: string, bytes: number): Promise<string | null> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return "is missing: copy it into the pack, or export the pack again";
  if (found.size < bytes) {
    const pointer = found.size < 200 ? " (it may be a Git LFS pointer: run `git lfs pull`)" : "";
    return `is cut short: ${found.size} of ${bytes} bytes${pointer}`;
  }
  return found.size > bytes ? `is too long: ${found.size} bytes instead of ${bytes}` : null;
}

async function checkFile(
  path: string,
  file: string,
  expected: { sha256: string; bytes: number },
): Promise<PackCheck> {
  const error = (message: string): PackCheck => ({ subject: file, level: "error", message });
  const size = await sizeProblem(path, expected.bytes);
  if (size) return error(size);
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  if (hash.digest("hex") !== expected.sha256)
    return error("has changed: its SHA-256 is not the one in pack.json");
  return { subject: file, level: "ok", message: `${expected.bytes} bytes, hash as listed` };
}
