import { guarded } from "@/lib/server/api/guarded";
import { routeId } from "@/lib/server/api/route-id";
import { requestContext } from "@/lib/server/api/studio-instance";
import { uploadFile } from "@/lib/server/imports/upload-file";

export const dynamic = "force-dynamic";

/** One file of an import, streamed to disk: `PUT /api/uploads/<import id>?path=<relative path>`. */
export const PUT = guarded<{ id: string }>(async (request, { id }) => {
  const path = new URL(request.url).searchParams.get("path") ?? "";
  await uploadFile(await requestContext(request), {
    importId: routeId(id, "import"),
    path,
    body: request.body,
  });
  return new Response(null, { status: 204 });
});
