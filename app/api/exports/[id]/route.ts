import { Readable } from "node:stream";
import { guarded } from "@/lib/server/api/guarded";
import { routeId } from "@/lib/server/api/route-id";
import { requestContext } from "@/lib/server/api/studio-instance";
import { zipExport } from "@/lib/server/releases/zip-export";

export const dynamic = "force-dynamic";

/** All files of a finished export as one ZIP archive, streamed. */
export const GET = guarded<{ id: string }>(async (request, { id }) => {
  const { name, pieces } = await zipExport(await requestContext(request), routeId(id, "export"));
  // The DOM's and Node's types of the same stream differ.
  return new Response(Readable.toWeb(Readable.from(pieces)) as ReadableStream, {
    headers: { "content-type": "application/zip", "content-disposition": `attachment; filename="${name}"` },
  });
});
