import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@/lib/domain/errors";
import type { SeedExample } from "@/lib/domain/instruction-records";
import { parseSeedLines } from "./seed-lines";

/** Where the hand-written examples lie, from the project's root. */
export const starterSeedsFile = "lib/instructions/starter-seeds.jsonl";

/** The hand-written examples that ship with the project. `root` is the project's folder. */
export function readStarterSeeds(root: string = process.cwd()): SeedExample[] {
  const { seeds, errors } = parseSeedLines(readFileSync(join(root, starterSeedsFile), "utf8"));
  const first = errors[0];
  if (first !== undefined) {
    throw new UserError(
      "bad-input",
      `${starterSeedsFile}, line ${first.line}: ${first.message}`,
      starterSeedsFile,
    );
  }
  return seeds.map(({ seed }) => seed);
}
