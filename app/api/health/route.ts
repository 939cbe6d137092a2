import { guarded } from "@/lib/server/api/guarded";
import { webStudio } from "@/lib/server/api/studio-instance";

export const dynamic = "force-dynamic";

/** Answers when the web process reaches its database. */
export const GET = guarded(async () => {
  const { studio } = await webStudio();
  await studio.db.$queryRaw`SELECT 1`;
  return Response.json({ ok: true, residentBytes: process.memoryUsage.rss() });
});
