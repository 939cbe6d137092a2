import { guarded } from "@/lib/server/api/guarded";
import { requestContext } from "@/lib/server/api/studio-instance";
import { mapPoints } from "@/lib/server/curate/embedding-state";

export const dynamic = "force-dynamic";

/** The points of the embedding map in one block of bytes. */
export const GET = guarded(async (request) => {
  const bytes = await mapPoints(await requestContext(request));
  return new Response(bytes, {
    headers: { "content-type": "application/octet-stream", "cache-control": "no-store" },
  });
});
