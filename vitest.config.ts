import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

/** One kind of tests: its own folder, its own time limits. `npx vitest run --project database` runs one kind. */
function kind(name: string, options: object) {
  return { extends: true as const, test: { name, include: [`test/${name}/**/*.test.ts`], ...options } };
}

export default defineConfig({
  resolve: { alias: { "@": root } },
  test: {
    projects: [
      kind("unit", { testTimeout: 120_000 }),
      kind("database", {
        testTimeout: 120_000,
        hookTimeout: 120_000,
        globalSetup: "test/support/database-server.ts",
      }),
      // Each file loads models and uses every core: one at a time.
      kind("pipeline", {
        testTimeout: 180_000,
        hookTimeout: 180_000,
        fileParallelism: false,
        globalSetup: "test/support/database-server.ts",
      }),
      kind("browser", { testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false }),
    ],
  },
});
