import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { diskError } from "@/lib/domain/disk-error";
import { UserError } from "@/lib/domain/errors";
import { SPLIT_NAMES } from "./split-of";

/** What is written lies here, inside the export's folder, until all of it is there. */
export const PARTIAL = ".partial";

/** Everything an export puts into its folder. */
const OWN_NAMES = [...SPLIT_NAMES, "data", "preference", "export.json", "README.md"];

/** Throws unless an export could be written to the folder: it is missing, empty, or an export was killed there. */
export async function checkExportFolder(outDir: string): Promise<void> {
  await leftOf(outDir);
}

/**
 * Makes the folder ready. `.partial` in it means that an export was killed there, perhaps while moving its files out:
 * then what carries an export's names is removed too, and nothing else is ever touched.
 */
export async function claimExportFolder(outDir: string): Promise<void> {
  const left = await leftOf(outDir);
  try {
    for (const name of left) await rm(join(outDir, name), { recursive: true });
    await mkdir(join(outDir, PARTIAL), { recursive: true });
  } catch (error) {
    throw diskError(error, outDir);
  }
}

/** What a killed export has left in its folder. Throws where anything else lies. */
async function leftOf(outDir: string): Promise<string[]> {
  let inside: string[];
  try {
    inside = await readdir(outDir);
  } catch (error) {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR")
      throw new UserError("bad-input", `${outDir} is a file; choose a folder for the export.`, outDir);
    throw diskError(error, outDir);
  }
  const killed = inside.includes(PARTIAL);
  if (inside.some((name) => name !== PARTIAL && !(killed && OWN_NAMES.includes(name))))
    throw new UserError(
      "conflict",
      `The folder ${outDir} is not empty; choose a new one for the export.`,
      outDir,
    );
  return inside;
}
