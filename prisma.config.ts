import { defineConfig } from "prisma/config";

// Read by `prisma generate` only: the studio applies its migrations itself (lib/server/database/migrations.ts).
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
