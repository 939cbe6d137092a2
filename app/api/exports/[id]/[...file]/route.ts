import { Readable } from "node:stream";
import { guarded } from "@/lib/server/api/guarded";
import { routeId } from "@/lib/server/api/route-id";
import { requestContext } from "@/lib/server/api/studio-instance";
import { openExportFile } from "@/lib/server/releases/open-export-file";

export const dynamic = "force-dynamic";

/** One file of a finished export, as a download. */
export const GET = guarded<{ id: string; file: string[] }>(async (request, { id, file }) => {
  const { stream, bytes, name } = await openExportFile(
    await requestContext(request),
    routeId(id, "export"),
    file.join("/"),
  );
  // The DOM's and Node's types of the same stream differ.
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(bytes),
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  });
});
