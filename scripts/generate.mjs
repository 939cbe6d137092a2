// `npm run generate`, also run after every install: writes the typed database client to lib/server/generated.
// Prisma's command line insists on a native "schema engine" it would download, although generating a client
// never runs it. Naming any existing file keeps the step offline.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const prisma = join(
  dirname(createRequire(import.meta.url).resolve("prisma/package.json")),
  "build",
  "index.js",
);

const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, "generate"], {
  cwd: root,
  encoding: "utf8",
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  },
});
if (status === 0) {
  // Tells the next start which schema the client was made for.
  const schema = createHash("sha256")
    .update(readFileSync(join(root, "prisma/schema.prisma")))
    .digest("hex");
  writeFileSync(join(root, "lib/server/generated/schema.sha256"), schema);
  console.log("Generated the database client in lib/server/generated/prisma.");
} else {
  process.stderr.write(`${stdout}${stderr}\nprisma generate failed: see the message above.\n`);
  process.exitCode = 1;
}
