import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { UserError } from "@/lib/domain/errors";

/** Ends a child whose supervisor was killed. */
export const GUARD = fileURLToPath(new URL("./child-guard.mjs", import.meta.url));
export const NEXT = createRequire(import.meta.url).resolve("next/dist/bin/next");
/** What the built studio is made of. */
const INPUTS = [
  "app",
  "components",
  "lib",
  "prisma/schema.prisma",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const STAMP = ".next/pentimento-build.json";
const stampSchema = z.object({ inputs: z.string(), buildId: z.string() });

/** True when `.next` holds a finished build of the sources as they are now. */
export function isBuilt(): boolean {
  try {
    const stamp = stampSchema.parse(JSON.parse(readFileSync(STAMP, "utf8")));
    return stamp.inputs === hashInputs() && stamp.buildId === readFileSync(".next/BUILD_ID", "utf8");
  } catch {
    return false;
  }
}

/**
 * Builds the studio for production.
 * @param cancelled ends the build early, without an error and without a finished build
 * @throws UserError with the end of the output when the build fails
 */
export async function buildStudio(cancelled: AbortSignal): Promise<void> {
  // Taken before the build: a source that changes meanwhile makes the build stale, as it should.
  const inputs = hashInputs();
  const output: string[] = [];
  const child = spawn(process.execPath, ["--import", GUARD, NEXT, "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout!, child.stderr!])
    stream.on("data", (data) => output.push(data.toString()));
  const cancel = () => child.kill("SIGTERM");
  cancelled.addEventListener("abort", cancel, { once: true });
  const code = await new Promise<number | null>((ended) => child.once("close", ended));
  cancelled.removeEventListener("abort", cancel);
  if (cancelled.aborted) return;
  if (code !== 0) {
    const end = output.join("").trimEnd().split("\n").slice(-40).join("\n");
    throw new UserError("unavailable", `${end}\nThe studio could not be built: see the lines above.`);
  }
  writeFileSync(STAMP, JSON.stringify({ inputs, buildId: readFileSync(".next/BUILD_ID", "utf8") }));
}

function hashInputs(): string {
  const hash = createHash("sha256");
  for (const input of INPUTS) {
    if (!existsSync(input)) continue;
    const files = statSync(input).isDirectory()
      ? readdirSync(input, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .filter((file) => !file.startsWith(join("lib", "server", "generated")))
          .sort()
      : [input];
    for (const file of files) hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}
